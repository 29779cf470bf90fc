package io.a64.ports.memory;

import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorSetup;
import io.a64.ports.testkit.PortPoolsContract;
import java.time.Duration;

class MemoryPortPoolsContractTest extends PortPoolsContract {
    private final MemoryPorts ports = new MemoryPorts();

    @Override
    protected PortAllocator open(PortAllocatorSetup setup) {
        return ports.open(setup);
    }

    @Override
    protected void passTime(Duration time) {
        ports.passTime(time);
    }
}
