package io.a64.deploy.memory;

import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.testkit.ModuleStoreContract;

class MemoryModuleStoreContractTest extends ModuleStoreContract {
    private final MemoryModuleStore first = MemoryModuleStore.create();

    @Override
    protected ModuleStore open() {
        return first.sibling();
    }
}
