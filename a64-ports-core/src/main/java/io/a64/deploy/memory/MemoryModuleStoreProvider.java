package io.a64.deploy.memory;

import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.ModuleStoreProvider;
import io.a64.spi.Settings;

/** Makes an empty {@link MemoryModuleStore}. Has no settings. */
public final class MemoryModuleStoreProvider implements ModuleStoreProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MemoryModuleStoreProvider() {}

    @Override
    public String name() {
        return MemoryModuleStore.NAME;
    }

    @Override
    public ModuleStore create(Settings settings) {
        return MemoryModuleStore.create();
    }
}
