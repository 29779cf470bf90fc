package io.a64.ports;

import java.util.List;

/**
 * What is taken and what is left, at one moment. Every port that may be handed out is either available, allocated,
 * reserved, cooling or quarantined; the counts are those of the general range and of all pools.
 *
 * @param range the general range
 * @param totalAvailable ports of the general range that could be given out now, what it expands into included
 * @param reserved ports set aside for modules that are not installed yet
 * @param cooling released ports that wait for the end of their cooldown
 * @param quarantined ports found to be held by something that is not ours
 * @param allocations every port that a module holds, those of deployments under way included, sorted by port
 * @param pools the general range, and every pool, sorted by name
 */
public record PortStatistics(
        PortRange range,
        int totalAvailable,
        int reserved,
        int cooling,
        int quarantined,
        List<AllocatedPort> allocations,
        List<PoolStatistics> pools) {

    public PortStatistics {
        allocations = List.copyOf(allocations);
        pools = List.copyOf(pools);
    }

    /** Returns how many ports are allocated. */
    public int totalAllocated() {
        return allocations.size();
    }
}
