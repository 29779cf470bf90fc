package io.a64.ports.memory;

import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.PortAllocatorSetup;
import io.a64.ports.testkit.PortReservationsContract;
import java.time.Duration;

class MemoryPortReservationsContractTest extends PortReservationsContract {
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
