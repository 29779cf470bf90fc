package io.a64.ports.memory;

import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortAllocatorProvider;
import io.a64.spi.Settings;
import java.time.Clock;

/**
 * Makes a {@link MemoryPortAllocator} with an empty registry. Settings: {@code a64.ports.range}, {@code
 * a64.ports.reserved}, {@code a64.ports.cooldown}, {@code a64.ports.lease}, {@code a64.node}.
 */
public final class MemoryPortAllocatorProvider implements PortAllocatorProvider {

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public MemoryPortAllocatorProvider() {}

    @Override
    public String name() {
        return MemoryPortStore.NAME;
    }

    @Override
    public PortAllocator create(Settings settings) {
        return MemoryPortAllocator.create(RegistrySettings.from(settings), Clock.systemUTC());
    }
}
