package io.a64.ports.testkit;

import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import java.time.Duration;
import java.util.List;

/**
 * How the allocators of a contract test hand out ports. Only {@link PortPoolsContract} asks for an expansion, pools or
 * ports that are spread.
 *
 * @param range where ports are taken from
 * @param expansion where ports are taken from when nothing is left in the range
 * @param reserved ports that are never handed out, and no others
 * @param pools ports set apart, and no others
 * @param spread whether any free port is handed out, and not the lowest one
 * @param lease how long a reservation lasts
 * @param cooldown how long a port rests
 * @param quarantine how long a port rests that something else was bound to
 */
public record PortAllocatorSetup(
        PortRange range,
        List<PortRange> expansion,
        List<PortRange> reserved,
        List<PortPool> pools,
        boolean spread,
        Duration lease,
        Duration cooldown,
        Duration quarantine) {

    /** Copies the lists. */
    public PortAllocatorSetup {
        expansion = List.copyOf(expansion);
        reserved = List.copyOf(reserved);
        pools = List.copyOf(pools);
    }

    /**
     * Returns a range of so many ports from 9000, none reserved, no expansion, no pools, the lowest ports first, a lease
     * of ten minutes, a cooldown of one, a quarantine of half an hour.
     */
    static PortAllocatorSetup ofPorts(int count) {
        return new PortAllocatorSetup(
                new PortRange(9000, 9000 + count - 1),
                List.of(),
                List.of(),
                List.of(),
                false,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(30));
    }

    PortAllocatorSetup from(PortRange newRange) {
        return new PortAllocatorSetup(newRange, expansion, reserved, pools, spread, lease, cooldown, quarantine);
    }

    PortAllocatorSetup expandingInto(PortRange... further) {
        return new PortAllocatorSetup(range, List.of(further), reserved, pools, spread, lease, cooldown, quarantine);
    }

    PortAllocatorSetup reserving(PortRange... ports) {
        return new PortAllocatorSetup(range, expansion, List.of(ports), pools, spread, lease, cooldown, quarantine);
    }

    PortAllocatorSetup with(PortPool... newPools) {
        return new PortAllocatorSetup(
                range, expansion, reserved, List.of(newPools), spread, lease, cooldown, quarantine);
    }

    PortAllocatorSetup spreading() {
        return new PortAllocatorSetup(range, expansion, reserved, pools, true, lease, cooldown, quarantine);
    }

    PortAllocatorSetup resting(Duration newCooldown) {
        return new PortAllocatorSetup(range, expansion, reserved, pools, spread, lease, newCooldown, quarantine);
    }
}
