package io.a64.ports.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A port that is not free.
 *
 * @param port the external port
 * @param state why it is not free
 * @param module the module that holds it or held it last, empty if none is recorded
 * @param internalPort the port inside the container, 0 if none is recorded
 * @param generation the generation of the module, 0 if none is recorded
 * @param owner who holds it or held it last, empty if none is recorded
 * @param slot the slot it is held for, empty if for none
 * @param allocatedAt since when it is held, by the store's clock
 * @param since when the cooldown, the quarantine or the lease began; when a reservation ends
 */
public record PortEntry(
        int port,
        State state,
        String module,
        int internalPort,
        int generation,
        String owner,
        String slot,
        Instant allocatedAt,
        Optional<Instant> since) {

    /** How many tenures a store remembers per port besides the present one. */
    public static final int REMEMBERED_TENURES = 16;

    /** Why a port is not free. */
    public enum State {
        /** Set aside for a module that is not installed yet; free again when the reservation expires. */
        PROMISED,
        /** Held by a deployment under way; lapses after the lease. */
        RESERVED,
        /** Held until it is released. */
        BOUND,
        /** Released; rests for the cooldown. */
        COOLING,
        /** Found to be held by something that is not ours; rests for the quarantine. */
        QUARANTINED
    }

    /** Returns whether a module holds the port by the record of another program, which knows no owners. */
    public boolean isForeign() {
        return isAllocated() && owner.isEmpty();
    }

    /** Returns whether a module holds the port. */
    public boolean isAllocated() {
        return state == State.RESERVED || state == State.BOUND;
    }
}
