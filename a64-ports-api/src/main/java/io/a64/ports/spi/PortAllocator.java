package io.a64.ports.spi;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.spi.Component;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Hands out external ports; no port is ever held twice at a time. Safe for use by several threads, and by several
 * processes if the registry is shared. Every method may throw {@link PortException}.
 *
 * <p>An allocation is first <em>reserved</em>: it lapses on its own if it is neither confirmed nor renewed within
 * the lease, so that the ports of a host that dies are not lost; they then rest for the cooldown like ports that were
 * bound, as nobody knows whether they were. Once <em>confirmed</em> it is held until released.
 */
public interface PortAllocator extends Component {

    /**
     * Reserves one external port per internal port, all or none, the lowest free ports first.
     *
     * @return the ports; for a request that this owner made before, the same ones
     * @throws PortException of kind {@code EXHAUSTED} if too few ports are free, {@code CONFLICT} if another owner
     *     holds ports for this module and generation, or if one of exactly the ports that are asked for is taken
     * @throws io.a64.InvalidInputException if the source of the ports is none that this allocator hands out from
     */
    PortAllocation allocate(PortRequest request, Deadline deadline);

    /**
     * Makes a reservation last until it is released. Confirming twice is quiet.
     *
     * @return false if the owner does not hold these ports any more; nothing has changed then
     */
    boolean confirm(PortAllocation allocation, Deadline deadline);

    /**
     * Starts the lease of a reservation anew.
     *
     * @return false if the owner does not hold these ports as a reservation any more; nothing has changed then
     */
    boolean renew(PortAllocation allocation, Deadline deadline);

    /**
     * Gives ports back. A late, repeated or foreign release changes nothing.
     *
     * @return whether the owner held any of these ports until now
     */
    boolean release(PortAllocation allocation, PortUse use, Deadline deadline);

    /**
     * Gives ports back to which something that is not ours is bound, and keeps them from being handed out for longer
     * than a cooldown. What else the allocation holds stays held; the same request again fills the gap with other ports.
     *
     * @param evidence the ports, each with what was found to be bound to it
     * @return whether the owner held any of these ports until now
     */
    default boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline) {
        return release(allocation.only(evidence.keySet()), PortUse.WAS_BOUND, deadline);
    }

    /** Returns how long a reservation lasts that is neither confirmed nor renewed. */
    default Duration lease() {
        return Duration.ofMinutes(5);
    }

    /** Returns what is taken and what is left. */
    PortStatistics statistics(Deadline deadline);

    /** Returns what sets ports aside for later installations; empty if this allocator cannot. */
    default Optional<PortReservations> reservations() {
        return Optional.empty();
    }

    /** Returns what this allocator knows of the past and tells of the present; empty if it keeps no record. */
    default Optional<PortLedger> ledger() {
        return Optional.empty();
    }
}
