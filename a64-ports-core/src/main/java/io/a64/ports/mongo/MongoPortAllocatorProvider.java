package io.a64.ports.mongo;

import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortAllocatorProvider;
import io.a64.spi.Settings;

/**
 * Makes a {@link MongoPortAllocator} with a client of its own. Settings: {@code a64.mongodb.uri} (required, with
 * database), {@code a64.ports.range}, {@code a64.ports.reserved}, {@code a64.ports.cooldown}, {@code a64.ports.lease},
 * {@code a64.node}.
 */
public final class MongoPortAllocatorProvider implements PortAllocatorProvider {
    /** Repeated here and not taken from the store: this class must load where the driver is missing. */
    private static final String NAME = "mongodb";

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MongoPortAllocatorProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PortAllocator create(Settings settings) {
        return MongoPortAllocator.opening(settings, RegistrySettings.from(settings));
    }
}
