package io.a64.ports.registry;

/**
 * What came of the attempt to get an external port for an internal one.
 *
 * @param wish what was wanted; its port is the one that was tried
 * @param outcome whether it was got
 */
public record Claim(Wish wish, Outcome outcome) {

    /** Whether a port was got, and if not, why. */
    public enum Outcome {
        /** The claimant holds the port now, as a reservation or a promise. */
        GOT,
        /** Somebody else holds the port, or it cools down. */
        PORT_TAKEN,
        /** A port is held already for this slot of the module's generation, see {@link Slots}. */
        SLOT_TAKEN
    }
}
