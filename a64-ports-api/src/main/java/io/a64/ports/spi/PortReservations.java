package io.a64.ports.spi;

import io.a64.Deadline;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sets ports aside for modules that are not installed yet. A module has one reservation at most; the allocation for the
 * same module and generation takes it over. If that deployment gives its ports back without having confirmed them, and
 * the reservation has not expired meanwhile, they are set aside again. Safe for use by several threads. Every method may
 * throw {@link io.a64.ports.PortException}.
 */
public interface PortReservations {

    /**
     * Reserves one external port per internal port, all or none. The same module and internal ports again: the same
     * external ports, and the expiry is counted anew.
     *
     * @param ttl how long, counted from now by the registry's clock: a second to 365 days
     * @throws io.a64.ports.PortException of kind {@code EXHAUSTED} if too few ports are free, {@code CONFLICT} if the
     *     module holds ports of this generation, or has a reservation for other internal ports
     * @throws io.a64.InvalidInputException if the time or the source of the ports is none that there is
     */
    PortReservation reserve(PortRequest request, Duration ttl, Deadline deadline);

    /**
     * Counts the expiry anew.
     *
     * @param ttl how long, counted from now by the registry's clock: a second to 365 days
     * @return the reservation, empty if there is none
     * @throws io.a64.InvalidInputException if the time is none that there is
     */
    Optional<PortReservation> extend(String module, Duration ttl, Deadline deadline);

    /**
     * Gives the ports of a reservation back; they are free at once. Ports that a deployment has taken over are not
     * touched.
     *
     * @return whether there was a reservation
     */
    boolean cancel(String module, Deadline deadline);

    /** Returns all reservations, sorted by module. */
    List<PortReservation> list(Deadline deadline);
}
