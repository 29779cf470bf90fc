package io.a64.ports.registry;

/**
 * What came of the attempt to get an external port for an internal one.
 *
 * @param internalPort the port inside the container
 * @param port the external port that was tried
 * @param outcome whether it was got
 */
public record Claim(int internalPort, int port, Outcome outcome) {

    /** Whether a port was got, and if not, why. */
    public enum Outcome {
        /** The claimant holds the port now, as a reservation. */
        GOT,
        /** Somebody else holds the port, or it cools down. */
        PORT_TAKEN,
        /** A port is held already for this slot of the module's generation, see {@link Slots}. */
        SLOT_TAKEN
    }
}
