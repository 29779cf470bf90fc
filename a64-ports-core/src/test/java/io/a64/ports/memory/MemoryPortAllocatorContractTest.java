package io.a64.ports.memory;

import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorContract;
import io.a64.ports.testkit.PortAllocatorSetup;
import java.time.Duration;

class MemoryPortAllocatorContractTest extends PortAllocatorContract {
    private final HandMovedClock clock = new HandMovedClock();
    private final MemoryPortRegistry registry = new MemoryPortRegistry(clock);

    @Override
    protected PortAllocator open(PortAllocatorSetup setup) {
        RegistrySettings settings =
                new RegistrySettings(setup.range(), setup.reserved(), setup.lease(), setup.cooldown(), "local");
        return MemoryPortAllocator.on(registry, settings);
    }

    @Override
    protected void passTime(Duration time) {
        clock.move(time);
    }
}
