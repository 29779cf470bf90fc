package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the algorithm asks of a registry: a handful of atomic operations. The store alone judges who holds a port, by
 * its own clock. Safe for use by several threads. Every method may throw {@link io.a64.ports.PortException} of kind
 * {@code UNAVAILABLE} or {@code DEADLINE_EXCEEDED}, and ends by the deadline.
 *
 * <p>States of a port: free (never used, or released and rested) → reserved → bound → cooling → free; besides, promised
 * to a module that is not installed yet, and quarantined. A reservation that was made from a promise or from another
 * program's record, and is given back or lapses unconfirmed, becomes again what it was; a promise keeps the slot.
 */
public interface PortStore {

    /** Returns the name of the implementation. */
    String name();

    /** Returns quietly if the store can be reached. */
    void ping(Deadline deadline);

    /**
     * Tries to reserve the given ports; each on its own, so some may be got and others not. A port that the same owner
     * has reserved for the same slot counts as got, and its lease starts anew. If this throws, what it may have
     * reserved is given back, unless that is impossible too: then it lapses.
     *
     * @return one result per wish
     */
    List<Claim> claim(PortRequest request, List<Wish> wishes, Deadline deadline);

    /**
     * Sets free ports aside as {@link #claim} reserves them: promised, until the time to live is over.
     *
     * @return one result per wish
     */
    List<Claim> promise(PortRequest request, List<Wish> wishes, Duration ttl, Deadline deadline);

    /**
     * Reserves the lowest free port of a set, whatever others do meanwhile.
     *
     * @param wish what it is for; its port is not looked at
     * @return the result, empty if no port of the set is free
     */
    Optional<Claim> takeLowest(PortRequest request, Wish wish, BitSet among, Deadline deadline);

    /** Returns what the module holds and what is promised to it, for whichever owner and generation. */
    List<PortEntry> heldBy(String module, Deadline deadline);

    /** Returns the port, empty if it is free. */
    Optional<PortEntry> entry(int port, Deadline deadline);

    /** Makes sure that the owner still holds the ports, and starts the lease of those that are reserved anew. */
    boolean keep(PortAllocation allocation, Deadline deadline);

    /** Binds the ports if the owner holds all of them, bound ones included; otherwise changes nothing. */
    boolean confirm(PortAllocation allocation, Deadline deadline);

    /** Starts the lease anew if the owner holds all the ports as reservations; otherwise changes nothing. */
    boolean renew(PortAllocation allocation, Deadline deadline);

    /** Ends promises that long from now, if the owner holds all of them; otherwise changes nothing. */
    boolean extend(PortAllocation promises, Duration ttl, Deadline deadline);

    /**
     * Releases those of the ports that the owner holds, promises included.
     *
     * @param rest whether they cool down; otherwise they are free at once
     * @return whether the owner held any
     */
    boolean release(PortAllocation allocation, boolean rest, Deadline deadline);

    /**
     * Releases those of the ports that the owner holds, and quarantines them; another program's are left to it.
     *
     * @param evidence the ports, each with what is bound to it
     * @return whether the owner held any
     */
    boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline);

    /**
     * Ends what is over. A lapsed reservation cools down, as its container may have started.
     *
     * @param thorough whether to look for documents of other programs too, which may take longer
     */
    void sweep(Rests rests, boolean thorough, Deadline deadline);

    /** Returns how long a sweep and what it showed serve for; zero if a sweep costs nothing. */
    Duration sweepInterval();

    /** Returns those ports of the set that are free. A hint: others take and release ports all the time. */
    BitSet free(BitSet among, Deadline deadline);

    /** Returns what other programs hold by their own records. */
    List<PortEntry> foreign(Deadline deadline);

    /** Returns all ports that are not free, sorted by port; those outside of the range too. */
    List<PortEntry> entries(Deadline deadline);

    /** Returns who held and holds which port, sorted by port and time. */
    List<PortTenure> tenures(Deadline deadline);

    /** Returns the time by which the store judges. */
    Instant now(Deadline deadline);

    /** Gives back what the store itself opened. A second call does nothing. */
    void close();
}
