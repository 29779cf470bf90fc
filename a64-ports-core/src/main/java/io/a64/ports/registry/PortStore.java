package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the algorithm asks of a registry: a handful of atomic operations. The store alone judges who holds a port, by
 * its own clock. Safe for use by several threads. Every method may throw {@link io.a64.ports.PortException} of kind
 * {@code UNAVAILABLE} or {@code DEADLINE_EXCEEDED}, and ends by the deadline.
 *
 * <p>States of a port: free (never used, or released and rested) → reserved → bound → cooling → free. A reservation is
 * held by the owner in the request until it is confirmed, released or swept away.
 */
public interface PortStore {

    /** Returns the name of the implementation. */
    String name();

    /** Returns quietly if the store can be reached. */
    void ping(Deadline deadline);

    /**
     * Tries to reserve the given ports; each on its own, so some may be got and others not. A port that the same owner
     * has reserved for the same slot counts as got, and its lease starts anew.
     *
     * @param ports internal port to the external port that is tried for it
     * @return one result per entry
     */
    List<Claim> claim(PortRequest request, Map<Integer, Integer> ports, Deadline deadline);

    /**
     * Reserves the lowest free port of the pool for an internal port, whatever others do meanwhile.
     *
     * @return the result, empty if no port of the pool is free
     */
    Optional<Claim> takeLowest(PortRequest request, int internalPort, PortPool pool, Deadline deadline);

    /** Returns who holds the slots of the request, for whichever owner. */
    List<SlotHolder> holders(PortRequest request, Deadline deadline);

    /** Makes sure that the owner still holds the ports, and starts the lease of those that are reserved anew. */
    boolean keep(PortAllocation allocation, Deadline deadline);

    /** Binds the ports if the owner holds all of them, bound ones included; otherwise changes nothing. */
    boolean confirm(PortAllocation allocation, Deadline deadline);

    /** Starts the lease anew if the owner holds all the ports as reservations; otherwise changes nothing. */
    boolean renew(PortAllocation allocation, Deadline deadline);

    /**
     * Releases those of the ports that the owner holds.
     *
     * @param rest whether they cool down; otherwise they are free at once
     * @return whether the owner held any
     */
    boolean release(PortAllocation allocation, boolean rest, Deadline deadline);

    /**
     * Ends leases and cooldowns that are over. A lapsed reservation cools down, as its container may have started.
     *
     * @param thorough whether to look for documents of other programs too, which may take longer
     */
    void sweep(Duration lease, Duration cooldown, boolean thorough, Deadline deadline);

    /** Returns how long a sweep and what it showed serve for; zero if a sweep costs nothing. */
    Duration sweepInterval();

    /** Returns the free ports of the pool. A hint: others take and release ports all the time. */
    BitSet free(PortPool pool, Deadline deadline);

    /** Returns all ports that are not free, sorted by port; those outside of the range too. */
    List<PortEntry> entries(Deadline deadline);

    /** Gives back what the store itself opened. A second call does nothing. */
    void close();
}
