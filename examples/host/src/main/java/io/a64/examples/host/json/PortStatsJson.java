package io.a64.examples.host.json;

import io.a64.ports.AllocatedPort;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortRange;
import io.a64.ports.PortStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is taken and what is left of the ports.
 *
 * @param totalAllocated ports that modules hold
 * @param totalAvailable ports of the general range, and of what it expands into, that could be given out now
 * @param portRange first and last port of the general range
 * @param allocations every allocated port, sorted by port
 * @param reserved ports set aside for modules that are not installed yet
 * @param cooling released ports that wait for the end of their cooldown
 * @param quarantined ports found to be held by something else
 * @param pools the general range and every pool, by name
 */
public record PortStatsJson(
        int totalAllocated,
        int totalAvailable,
        String portRange,
        List<Allocation> allocations,
        int reserved,
        int cooling,
        int quarantined,
        Map<String, Pool> pools) {

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
                pools(statistics.pools()));
    }

    private static Map<String, Pool> pools(List<PoolStatistics> statistics) {
        Map<String, Pool> pools = new LinkedHashMap<>();
        statistics.forEach(pool -> pools.put(pool.name(), Pool.of(pool)));
        return pools;
    }

    /**
     * What is taken and what is left of one pool; the counts add up to the size.
     *
     * @param ranges where ports are taken from first
     * @param expansion where they are taken from when nothing is left there
     * @param size how many ports may be handed out
     * @param available ports that could be given out now
     * @param allocated ports that modules hold
     * @param reserved ports set aside for modules that are not installed yet
     * @param cooling released ports that wait for the end of their cooldown
     * @param quarantined ports found to be held by something else
     */
    public record Pool(
            List<String> ranges,
            List<String> expansion,
            int size,
            int available,
            int allocated,
            int reserved,
            int cooling,
            int quarantined) {

        private static Pool of(PoolStatistics pool) {
            return new Pool(
                    pool.ranges().stream().map(PortRange::toString).toList(),
                    pool.expansion().stream().map(PortRange::toString).toList(),
                    pool.size(),
                    pool.available(),
                    pool.allocated(),
                    pool.reserved(),
                    pool.cooling(),
                    pool.quarantined());
        }
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
