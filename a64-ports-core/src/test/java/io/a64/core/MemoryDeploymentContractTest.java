package io.a64.core;

import io.a64.container.memory.DemoImages;
import io.a64.container.memory.InMemoryContainerRuntime;
import io.a64.deploy.memory.MemoryModuleStore;
import io.a64.ports.PortRange;
import io.a64.ports.memory.MemoryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import io.a64.proxy.memory.InMemoryRouteWriter;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

final class MemoryDeploymentContractTest extends DeploymentContract {

    /** Away from the ports that other tests and the default range use. */
    private static final PortRange RANGE = new PortRange(22000, 22099);

    private InMemoryContainerRuntime runtime;

    @Override
    World newWorld() {
        runtime = DemoImages.addTo(InMemoryContainerRuntime.builder()).build();
        RegistrySettings ports = RegistrySettings.defaults().withRange(RANGE).withCooldown(Duration.ZERO);
        return new World(
                MemoryPortAllocator.create(ports, Clock.systemUTC()),
                MemoryModuleStore.create(),
                runtime,
                new InMemoryRouteWriter(),
                module -> module.image("demo/shop:1"),
                module -> module.image("demo/broken:1"),
                module -> module.image("demo/unready:1"),
                false);
    }

    @AfterEach
    void giveEverythingBack() {
        runtime.close();
    }
}
