package io.a64.ports.memory;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who holds which port, remembered in this JVM. Several {@link MemoryPortAllocator}s may share one, as several hosts
 * share a database. Safe for use by several threads.
 */
public final class MemoryPortRegistry {
    private final Clock clock;
    private final Map<String, MemoryPortStore> stores = new ConcurrentHashMap<>();

    /**
     * Creates an empty registry.
     *
     * @param clock decides when leases and cooldowns are over
     */
    public MemoryPortRegistry(Clock clock) {
        this.clock = clock;
    }

    MemoryPortStore store(String node) {
        return stores.computeIfAbsent(node, any -> new MemoryPortStore(clock));
    }
}
