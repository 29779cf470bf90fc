package io.a64.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.deploy.DeployerConfig.Choice;
import io.a64.deploy.ModuleDeployer;
import io.a64.proxy.Route;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.Component;
import io.a64.spi.Provider;
import io.a64.spi.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProviderCatalogTest {

    @Test
    void an_object_beats_a_name_a_name_beats_a_setting_and_a_setting_beats_the_default() {
        ProviderCatalog catalog = catalog(Map.of("a64.route-writer", "beta"), "alpha", "beta", "nginx");
        RouteWriter mine = new NamedWriter("mine");

        assertThat(catalog.resolve(PartKind.ROUTE_WRITER, Choice.of(mine))).isEqualTo(new Part<>(mine, false));
        assertThat(chosen(catalog, Choice.named("alpha"))).isEqualTo("alpha");
        assertThat(chosen(catalog, Choice.unset())).isEqualTo("beta");
        assertThat(chosen(catalog(Map.of(), "alpha", "nginx"), Choice.unset())).isEqualTo("nginx");
    }

    @Test
    void a_fallback_of_the_host_beats_the_documented_default_but_no_setting() {
        Choice<RouteWriter> fallback = Choice.<RouteWriter>unset().orElse("alpha");

        assertThat(chosen(catalog(Map.of(), "alpha", "beta", "nginx"), fallback))
                .isEqualTo("alpha");
        assertThat(chosen(catalog(Map.of("a64.route-writer", "beta"), "alpha", "beta", "nginx"), fallback))
                .isEqualTo("beta");
    }

    @Test
    void in_memory_is_what_the_builder_falls_back_to() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> ModuleDeployer.builder()
                        .inMemory()
                        .setting("a64.port-allocator", "list")
                        .build())
                .withMessageContaining("no PortAllocator is named \"list\"");
    }

    @Test
    void an_artifact_that_is_there_is_not_to_be_added() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(
                        () -> catalog(Map.of(), "alpha", "nginx").resolve(PartKind.ROUTE_WRITER, Choice.named("gamma")))
                .withMessageContaining("no RouteWriter is named \"gamma\"")
                .withMessageEndingWith("or builder.routeWriter(…)");
    }

    @Test
    void none_at_all_names_the_setting_and_the_artifact_to_add() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> catalog(Map.of()).resolve(PartKind.ROUTE_WRITER, Choice.unset()))
                .withMessage("no RouteWriter is chosen, and the default \"nginx\" is not on the class path; none found;"
                        + " choose one with the setting a64.route-writer or builder.routeWriter(…), or add the"
                        + " dependency io.a64:a64-proxy-nginx for \"nginx\"");
    }

    @Test
    void two_of_which_none_is_chosen_are_both_named() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> catalog(Map.of(), "beta", "alpha").resolve(PartKind.ROUTE_WRITER, Choice.unset()))
                .withMessageContainingAll(
                        "no RouteWriter is chosen",
                        "found: \"alpha\" (",
                        "\"beta\" (",
                        "a64.route-writer",
                        "a64-proxy-nginx");
    }

    @Test
    void one_that_is_not_the_default_is_not_taken_unasked() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> catalog(Map.of(), "alpha").resolve(PartKind.ROUTE_WRITER, Choice.unset()))
                .withMessageContaining("found: \"alpha\"");
    }

    @Test
    void a_name_that_is_not_there_lists_those_that_are() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> catalog(Map.of(), "alpha").resolve(PartKind.ROUTE_WRITER, Choice.named("gamma")))
                .withMessageContainingAll("no RouteWriter is named \"gamma\"", "found: \"alpha\"");
    }

    @Test
    void two_of_one_name_stop_the_start() {
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> catalog(Map.of(), "nginx", "nginx").resolve(PartKind.ROUTE_WRITER, Choice.unset()))
                .withMessageContainingAll(
                        "more than one RouteWriter is named \"nginx\"", NamedProvider.class.getName());
    }

    @Test
    void a_provider_that_cannot_be_loaded_is_mentioned() {
        ProviderSource broken = new ProviderSource() {
            @Override
            public <T extends Component> List<Provider<T>> load(
                    Class<? extends Provider<T>> type, List<String> problems) {
                problems.add("java.lang.NoClassDefFoundError: some/driver");
                return List.of();
            }
        };
        assertThatExceptionOfType(A64Exception.class)
                .isThrownBy(() -> new ProviderCatalog(broken, Settings.of(Map.of()))
                        .resolve(PartKind.ROUTE_WRITER, Choice.unset()))
                .withMessageContaining("could not be loaded: java.lang.NoClassDefFoundError: some/driver");
    }

    private static String chosen(ProviderCatalog catalog, Choice<RouteWriter> choice) {
        return catalog.resolve(PartKind.ROUTE_WRITER, choice).object().name();
    }

    private static ProviderCatalog catalog(Map<String, String> settings, String... names) {
        ProviderSource source = new ProviderSource() {
            @Override
            public <T extends Component> List<Provider<T>> load(
                    Class<? extends Provider<T>> type, List<String> problems) {
                return Stream.of(names).map(name -> provider(type, name)).toList();
            }
        };
        return new ProviderCatalog(source, Settings.of(settings));
    }

    @SuppressWarnings("unchecked") // the catalog is only asked for route writers here
    private static <T extends Component> Provider<T> provider(Class<? extends Provider<T>> type, String name) {
        return (Provider<T>) type.cast(new NamedProvider(name));
    }

    private record NamedProvider(String name) implements RouteWriterProvider {
        @Override
        public RouteWriter create(Settings settings) {
            return new NamedWriter(name);
        }
    }

    private record NamedWriter(String name) implements RouteWriter {
        @Override
        public void publish(Route route, Deadline deadline) {}

        @Override
        public void prove(Route route, Deadline deadline) {}

        @Override
        public boolean remove(String module, Deadline deadline) {
            return false;
        }

        @Override
        public List<Route> routes(Deadline deadline) {
            return List.of();
        }

        @Override
        public URI baseUri() {
            return URI.create("http://localhost");
        }

        @Override
        public void ping(Deadline deadline) {}

        @Override
        public void close() {}
    }
}
