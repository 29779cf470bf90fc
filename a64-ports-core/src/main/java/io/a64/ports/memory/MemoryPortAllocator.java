package io.a64.ports.memory;

import io.a64.ports.registry.RegistryPortAllocator;
import io.a64.ports.registry.RegistrySettings;
import java.time.Clock;

/**
 * Hands out ports that are remembered in this JVM only: by the same algorithm and under the same contract as the
 * MongoDB allocator. Never blocks for longer than another thread's call takes. Safe for use by several threads.
 */
public final class MemoryPortAllocator extends RegistryPortAllocator {

    MemoryPortAllocator(MemoryPortStore store, RegistrySettings settings) {
        super(store, settings);
    }

    /** Creates an allocator with a registry of its own, default settings and the system's clock. */
    public static MemoryPortAllocator create() {
        return create(RegistrySettings.defaults(), Clock.systemUTC());
    }

    /**
     * Creates an allocator with a registry of its own.
     *
     * @param clock decides when leases and cooldowns are over; a test may move it by hand
     */
    public static MemoryPortAllocator create(RegistrySettings settings, Clock clock) {
        return on(new MemoryPortRegistry(clock), settings);
    }

    /** Creates an allocator on a registry that it shares with others. Closing it leaves the registry as it is. */
    public static MemoryPortAllocator on(MemoryPortRegistry registry, RegistrySettings settings) {
        return new MemoryPortAllocator(registry.store(settings.node()), settings);
    }
}
