package io.a64.ports.memory;

import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.PortStoreContract;
import java.time.Duration;

class MemoryPortStoreContractTest extends PortStoreContract {
    private final MemoryPorts ports = new MemoryPorts();

    @Override
    protected PortStore open() {
        return ports.store();
    }

    @Override
    protected void passTime(Duration time) {
        ports.passTime(time);
    }
}
