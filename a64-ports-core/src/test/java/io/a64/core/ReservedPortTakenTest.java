package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.container.memory.DemoImages;
import io.a64.container.memory.InMemoryContainerRuntime;
import io.a64.deploy.Deployment;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.memory.MemoryModuleStore;
import io.a64.module.ModuleSpec;
import io.a64.module.Readiness;
import io.a64.ports.PortRange;
import io.a64.ports.PortReservation;
import io.a64.ports.memory.MemoryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.proxy.memory.InMemoryRouteWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment whose reserved port turns out to be taken by something else. */
class ReservedPortTakenTest {
    private static final PortRange RANGE = new PortRange(22200, 22299);

    @Test
    void theOtherPortOfAReservationIsUsedWhenTheRuntimeFindsTheFirstTaken() throws IOException {
        try (InMemoryContainerRuntime runtime =
                        DemoImages.addTo(InMemoryContainerRuntime.builder()).build();
                ServerSocket stranger = new ServerSocket(22200, 1, InetAddress.getLoopbackAddress());
                ModuleDeployer deployer = ModuleDeployer.builder()
                        .portAllocator(MemoryPortAllocator.create(
                                RegistrySettings.defaults().withRange(RANGE), Clock.systemUTC()))
                        .moduleStore(MemoryModuleStore.create())
                        .containerRuntime(new Blind(runtime))
                        .routeWriter(new InMemoryRouteWriter())
                        .build()) {
            PortReservation reservation = deployer.reservePorts("shop", List.of(8080, 8081), Duration.ofDays(30));
            assertThat(reservation.ports()).isEqualTo(Map.of(8080, stranger.getLocalPort(), 8081, 22201));
            ModuleSpec spec = ModuleSpec.builder("shop")
                    .image("demo/shop:1")
                    .port(8080)
                    .port(8081)
                    .readiness(Readiness.http("/health"))
                    .spec();

            Deployment deployment = deployer.deploy(spec, Duration.ofSeconds(30));

            assertThat(deployer.portReservations()).isEmpty();
            assertThat(deployment.ports()).isEqualTo(Map.of(8080, 22202, 8081, 22201));
        }
    }
}
