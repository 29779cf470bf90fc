package io.a64.ports.registry;

import java.time.Instant;

/**
 * A port that is not free.
 *
 * @param port the external port
 * @param state why it is not free
 * @param module the module that holds it or held it last, empty if none is recorded
 * @param internalPort the port inside the container, 0 if none is recorded
 * @param allocatedAt since when it is held, by the store's clock
 */
public record PortEntry(int port, State state, String module, int internalPort, Instant allocatedAt) {

    /** Why a port is not free. */
    public enum State {
        /** Held by a deployment under way; lapses after the lease. */
        RESERVED,
        /** Held until it is released. */
        BOUND,
        /** Released; rests for the cooldown. */
        COOLING
    }
}
