package io.a64.ports.memory;

import io.a64.ports.registry.ContractSettings;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorSetup;
import java.time.Duration;

/** A registry in memory for one contract test, and its time. */
final class MemoryPorts {
    private final HandMovedClock clock = new HandMovedClock();
    private final MemoryPortRegistry registry = new MemoryPortRegistry(clock);

    PortAllocator open(PortAllocatorSetup setup) {
        return MemoryPortAllocator.on(registry, ContractSettings.of(setup));
    }

    PortStore store() {
        return registry.store(RegistrySettings.LOCAL_NODE);
    }

    void passTime(Duration time) {
        clock.move(time);
    }
}
