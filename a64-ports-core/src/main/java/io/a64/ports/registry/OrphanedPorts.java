package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases bound ports that nobody knows any more: a host confirmed them and died before it wrote down for whom. To be
 * called from time to time by somebody who knows every user of the registry. A port is released only after it was found
 * unknown twice, some time apart, because who has just confirmed may be about to write it down. What other programs hold
 * by their own records is never touched. Safe for use by several threads, and on several hosts at once.
 */
public final class OrphanedPorts {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPorts.class);
    private static final Duration BETWEEN_SIGHTINGS = Duration.ofMinutes(1);

    private final PortAllocator allocator;
    private final Supplier<Set<String>> knownOwners;
    private final LongSupplier nanoTime;
    private final Map<PortAllocation, Long> firstSeen = new HashMap<>();

    /**
     * Creates a search that has seen nothing yet.
     *
     * @param knownOwners returns the owners of all allocations that are in use; throws if it cannot say for certain
     * @param nanoTime monotonic time in nanoseconds
     */
    public OrphanedPorts(PortAllocator allocator, Supplier<Set<String>> knownOwners, LongSupplier nanoTime) {
        this.allocator = allocator;
        this.knownOwners = knownOwners;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks for ports that nobody knows, and releases those that nobody knew a minute ago either; they cool down.
     *
     * @return what was released
     * @throws RuntimeException whatever the owners' source throws; nothing is released then, and nothing counts as seen
     * @throws io.a64.ports.PortException if the registry cannot be used
     */
    public synchronized List<PortAllocation> releaseOrphans(Deadline deadline) {
        Optional<PortLedger> ledger = allocator.ledger();
        if (ledger.isEmpty()) {
            return List.of();
        }
        List<PortAllocation> unknown = new ArrayList<>(ledger.get().bound(deadline));
        // Asked after the ports: who confirmed in between is known by now or not on the list.
        Set<String> known = knownOwners.get();
        unknown.removeIf(allocation -> known.contains(allocation.owner()));
        firstSeen.keySet().retainAll(unknown);
        List<PortAllocation> released = new ArrayList<>();
        for (PortAllocation allocation : unknown) {
            if (isDue(allocation) && allocator.release(allocation, PortUse.WAS_BOUND, deadline)) {
                LOG.warn(
                        "Ports {} of module {} belonged to nobody any more and are released",
                        allocation.ports(),
                        allocation.module());
                released.add(allocation);
            }
        }
        firstSeen.keySet().removeAll(released);
        return released;
    }

    private boolean isDue(PortAllocation allocation) {
        long now = nanoTime.getAsLong();
        return now - firstSeen.computeIfAbsent(allocation, any -> now) >= BETWEEN_SIGHTINGS.toNanos();
    }
}
