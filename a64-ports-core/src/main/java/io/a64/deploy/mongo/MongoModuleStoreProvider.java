package io.a64.deploy.mongo;

import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.ModuleStoreProvider;
import io.a64.spi.Settings;

/**
 * Makes a {@link MongoModuleStore} with a client of its own. Setting: {@code a64.mongodb.uri} (required, with database).
 */
public final class MongoModuleStoreProvider implements ModuleStoreProvider {
    /** Repeated here and not taken from the store: this class must load where the driver is missing. */
    private static final String NAME = "mongodb";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MongoModuleStoreProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ModuleStore create(Settings settings) {
        return MongoModuleStore.opening(settings);
    }
}
