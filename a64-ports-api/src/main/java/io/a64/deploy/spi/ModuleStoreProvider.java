package io.a64.deploy.spi;

import io.a64.spi.Provider;

/** Makes a {@link ModuleStore}; chosen by the setting {@code a64.module-store}. */
public interface ModuleStoreProvider extends Provider<ModuleStore> {}
