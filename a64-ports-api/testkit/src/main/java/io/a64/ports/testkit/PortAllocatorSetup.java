package io.a64.ports.testkit;

import io.a64.ports.PortRange;
import java.time.Duration;
import java.util.List;

/**
 * How the allocators of a contract test hand out ports.
 *
 * @param range where ports are taken from
 * @param reserved ports that are never handed out, and no others
 * @param lease how long a reservation lasts
 * @param cooldown how long a port rests
 */
public record PortAllocatorSetup(PortRange range, List<PortRange> reserved, Duration lease, Duration cooldown) {

    /** Copies the list. */
    public PortAllocatorSetup {
        reserved = List.copyOf(reserved);
    }

    /** Returns a range of so many ports from 9000, none reserved, a lease of ten minutes, a cooldown of one. */
    static PortAllocatorSetup ofPorts(int count) {
        return new PortAllocatorSetup(
                new PortRange(9000, 9000 + count - 1), List.of(), Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    PortAllocatorSetup reserving(PortRange... ports) {
        return new PortAllocatorSetup(range, List.of(ports), lease, cooldown);
    }

    PortAllocatorSetup resting(Duration newCooldown) {
        return new PortAllocatorSetup(range, reserved, lease, newCooldown);
    }
}
