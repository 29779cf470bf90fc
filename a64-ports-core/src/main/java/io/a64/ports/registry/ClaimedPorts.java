package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one request has claimed so far, and gives back if it fails in the end. Used by one thread. */
final class ClaimedPorts {
    private static final Duration LIMIT = Duration.ofMillis(300);

    private final PortStore store;
    private final PortRequest request;
    private final Deadline deadline;
    private final SortedMap<Integer, Integer> ports = new TreeMap<>();

    ClaimedPorts(PortStore store, PortRequest request, Deadline deadline) {
        this.store = store;
        this.request = request;
        this.deadline = deadline;
    }

    void add(Wish wish) {
        ports.put(wish.internalPort(), wish.port());
    }

    /** Returns it as an allocation of the requester. */
    PortAllocation allocation() {
        return new PortAllocation(request.module(), request.generation(), request.owner(), ports);
    }

    /** Returns the external ports. */
    Collection<Integer> ports() {
        return ports.values();
    }

    /** Returns those entries that are not of these ports. */
    List<PortEntry> others(List<PortEntry> entries) {
        return entries.stream()
                .filter(entry -> !ports.containsValue(entry.port()))
                .toList();
    }

    /** Gives everything back. */
    void giveBack() {
        giveBack(deadline);
    }

    private void giveBack(Deadline by) {
        if (!ports.isEmpty()) {
            store.release(allocation(), false, by);
        }
    }

    /**
     * Gives everything back after a failure, within a short time of its own if the request has none left. What cannot be
     * given back lapses.
     */
    void giveBack(PortException failure) {
        try {
            giveBack(deadline.hasPassed() ? Deadline.after(LIMIT) : deadline);
        } catch (PortException e) {
            failure.addSuppressed(e);
        }
    }
}
