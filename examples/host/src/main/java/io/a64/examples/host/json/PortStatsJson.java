package io.a64.examples.host.json;

import io.a64.ports.AllocatedPort;
import io.a64.ports.PortStatistics;
import java.util.List;
import java.util.Map;

/**
 * What is taken and what is left of the ports.
 *
 * @param totalAllocated ports that modules hold
 * @param totalAvailable ports that could be given out now
 * @param portRange first and last port
 * @param allocations every allocated port, sorted by port
 * @param reserved allocated ports that are not confirmed yet
 * @param cooling released ports that wait for the end of their cooldown
 * @param quarantined ports found to be held by something else
 * @param pools none in this version
 */
public record PortStatsJson(
        int totalAllocated,
        int totalAvailable,
        String portRange,
        List<Allocation> allocations,
        int reserved,
        int cooling,
        int quarantined,
        Map<String, Object> pools) {

    /** Shows statistics. */
    public static PortStatsJson of(PortStatistics statistics) {
        return new PortStatsJson(
                statistics.totalAllocated(),
                statistics.totalAvailable(),
                statistics.range().toString(),
                statistics.allocations().stream().map(Allocation::of).toList(),
                statistics.reserved(),
                statistics.cooling(),
                statistics.quarantined(),
                Map.of());
    }

    /**
     * One allocated port.
     *
     * @param moduleName who holds it
     * @param port the external port
     * @param internalPort the port inside the container
     * @param allocatedAt ISO-8601
     */
    public record Allocation(String moduleName, int port, int internalPort, String allocatedAt) {

        private static Allocation of(AllocatedPort port) {
            return new Allocation(
                    port.module(),
                    port.port(),
                    port.internalPort(),
                    port.allocatedAt().toString());
        }
    }
}
