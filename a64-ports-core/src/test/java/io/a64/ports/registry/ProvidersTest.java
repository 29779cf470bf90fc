package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.Deadline;
import io.a64.deploy.spi.ModuleStoreProvider;
import io.a64.ports.PortRequest;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortAllocatorProvider;
import io.a64.spi.Component;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Provider;
import io.a64.spi.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The allocators and stores of this jar, as the service loader finds them. */
class ProvidersTest {

    @Test
    void memoryAndMongodbAreFoundForBothParts() {
        assertThat(ServiceLoader.load(PortAllocatorProvider.class))
                .extracting(Provider::name)
                .contains("memory", "mongodb");
        assertThat(ServiceLoader.load(ModuleStoreProvider.class))
                .extracting(Provider::name)
                .contains("memory", "mongodb");
    }

    @Test
    void everyMemoryAllocatorHasARegistryOfItsOwn() {
        Settings settings = Settings.of(Map.of("a64.ports.range", "9000-9000"));
        PortAllocatorProvider provider = named(PortAllocatorProvider.class, "memory");
        PortRequest request = new PortRequest("module", 1, "owner", List.of(8080));

        for (int i = 0; i < 2; i++) {
            try (PortAllocator allocator = provider.create(settings)) {
                assertThat(allocator
                                .allocate(request, Deadline.after(Duration.ofSeconds(5)))
                                .ports())
                        .containsEntry(8080, 9000);
            }
        }
    }

    @Test
    void mongodbWithoutAConnectionStringNamesTheSetting() {
        for (Class<? extends Provider<?>> kind : List.of(PortAllocatorProvider.class, ModuleStoreProvider.class)) {
            Provider<?> provider = named(kind, "mongodb");
            assertThatThrownBy(() -> provider.create(Settings.of(Map.of())))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("a64.mongodb.uri");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.a64.ports.mongo.MongoPortAllocatorProvider", "io.a64.deploy.mongo.MongoModuleStoreProvider"})
    void aProviderLoadsAndTellsItsNameWithoutItsDriver(String provider) throws ReflectiveOperationException {
        Class<?> loaded = Class.forName(provider, true, new WithoutDriver());

        Object made = loaded.getConstructor().newInstance();

        assertThat(loaded.getMethod("name").invoke(made)).isEqualTo("mongodb");
    }

    private static <T extends Component, P extends Provider<? extends T>> P named(Class<P> kind, String name) {
        return ServiceLoader.load(kind).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Defines our MongoDB classes itself, from the same files, and finds no driver. */
    private static final class WithoutDriver extends ClassLoader {
        WithoutDriver() {
            super(ProvidersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.mongodb.") || name.startsWith("org.bson.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.a64.") && name.contains("mongo") ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream bytes = getParent().getResourceAsStream(file)) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
