package io.a64.core;

import io.a64.container.spi.ContainerRuntime;
import io.a64.core.Faulty.When;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.ModuleStore;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.spi.RouteWriter;
import java.util.Optional;

/** The ten steps, and which call of which part makes each of them fail; the first fails by a policy. */
enum StepFault {
    ADMIT(PortAllocator.class, "none"),
    ALLOCATE(PortAllocator.class, "allocate"),
    RECORD(ModuleStore.class, "insert"),
    NETWORK(ContainerRuntime.class, "network"),
    CREATE(ContainerRuntime.class, "create"),
    START(ContainerRuntime.class, "start"),
    READY(ContainerRuntime.class, "status"),
    PUBLISH(RouteWriter.class, "publish"),
    PROVE(RouteWriter.class, "prove"),
    ACTIVATE(ModuleStore.class, "replace");

    private final Class<?> part;
    private final String method;

    StepFault(Class<?> part, String method) {
        this.part = part;
        this.method = method;
    }

    ModuleDeployer deployer(World world, When when) {
        return plantedIn(world, when)
                .deployer()
                .admissionPolicy(spec -> this == ADMIT ? Optional.of("refused") : Optional.empty())
                .build();
    }

    private World plantedIn(World world, When when) {
        if (part == PortAllocator.class) {
            return world.with(Faulty.at(PortAllocator.class, world.allocator(), method, when));
        }
        if (part == ModuleStore.class) {
            return world.with(Faulty.at(ModuleStore.class, world.store(), method, when));
        }
        return part == ContainerRuntime.class
                ? world.with(Faulty.at(ContainerRuntime.class, world.runtime(), method, when))
                : world.with(Faulty.at(RouteWriter.class, world.routes(), method, when));
    }

    DeploymentStep step() {
        return DeploymentStep.valueOf(name());
    }
}
