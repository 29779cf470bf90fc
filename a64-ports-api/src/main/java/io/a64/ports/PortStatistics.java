package io.a64.ports;

import java.util.List;

/**
 * What is taken and what is left, at one moment.
 *
 * @param range the range that ports are taken from
 * @param totalAvailable ports that could be given out now
 * @param reserved ports that a deployment under way holds and has not confirmed yet; part of the allocations
 * @param cooling released ports that wait for the end of their cooldown
 * @param quarantined ports found to be held by something that is not ours
 * @param allocations every allocated port, sorted by port
 */
public record PortStatistics(
        PortRange range,
        int totalAvailable,
        int reserved,
        int cooling,
        int quarantined,
        List<AllocatedPort> allocations) {

    public PortStatistics {
        allocations = List.copyOf(allocations);
    }

    /** Returns how many ports are allocated. */
    public int totalAllocated() {
        return allocations.size();
    }
}
