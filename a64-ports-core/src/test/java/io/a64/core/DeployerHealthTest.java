package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.container.memory.InMemoryContainerRuntime;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.DeployerHealth;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.memory.MemoryModuleStore;
import io.a64.deploy.spi.ModuleStore;
import io.a64.ports.memory.MemoryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.memory.InMemoryRouteWriter;
import io.a64.proxy.spi.RouteWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a deployer is, also while its parts do not even keep to the time they are given. */
class DeployerHealthTest {

    private static final Set<String> ALL = Set.of("allocator", "records", "runtime", "routes");

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger pings = new AtomicInteger();
    private final InMemoryContainerRuntime runtime =
            InMemoryContainerRuntime.builder().build();

    @AfterEach
    void giveEverythingBack() {
        end.countDown();
        runtime.close();
    }

    @Test
    void partsThatWorkAreUp() {
        try (ModuleDeployer deployer = deployer(Set.of())) {
            assertThat(deployer.health().isUp()).isTrue();
            assertThat(problems(deployer.health())).containsOnlyKeys(ALL);
        }
    }

    @Test
    void thePartThatHangsIsNamedAndTheOthersAreUp() {
        try (ModuleDeployer deployer = deployer(Set.of("runtime"))) {
            Map<String, Optional<String>> problems = problems(deployer.health());

            assertThat(problems.get("runtime")).contains("no answer within 2 s");
            assertThat(problems).containsEntry("allocator", Optional.empty()).containsEntry("routes", Optional.empty());
        }
    }

    @Test
    void fourPartsThatHangCostNoMoreTimeThanOne() {
        try (ModuleDeployer deployer = deployer(ALL)) {
            long start = System.nanoTime();

            Map<String, Optional<String>> problems = problems(deployer.health());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(problems.values()).allMatch(Optional::isPresent);
        }
    }

    @Test
    void aPartThatHangsIsNotAskedAgainMeanwhile() {
        try (ModuleDeployer deployer = deployer(Set.of("routes"))) {
            deployer.health();
            deployer.health();

            assertThat(pings).hasValue(1);
        }
    }

    private ModuleDeployer deployer(Set<String> hanging) {
        return ModuleDeployer.builder()
                .portAllocator(part(
                        PortAllocator.class,
                        MemoryPortAllocator.create(RegistrySettings.defaults(), Clock.systemUTC()),
                        hanging.contains("allocator")))
                .moduleStore(part(ModuleStore.class, MemoryModuleStore.create(), hanging.contains("records")))
                .containerRuntime(part(ContainerRuntime.class, runtime, hanging.contains("runtime")))
                .routeWriter(part(RouteWriter.class, new InMemoryRouteWriter(), hanging.contains("routes")))
                .build();
    }

    private static Map<String, Optional<String>> problems(DeployerHealth health) {
        return health.parts().stream()
                .collect(Collectors.toMap(DeployerHealth.Part::role, DeployerHealth.Part::problem));
    }

    private <T> T part(Class<T> type, T delegate, boolean hangs) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (hangs && method.getName().equals("ping")) {
                        pings.incrementAndGet();
                        end.await();
                        return null;
                    }
                    try {
                        return method.invoke(delegate, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
