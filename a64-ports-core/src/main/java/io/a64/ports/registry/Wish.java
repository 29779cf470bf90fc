package io.a64.ports.registry;

/**
 * A certain external port that is wanted for an internal one.
 *
 * @param internalPort the port inside the container
 * @param port the external port
 * @param slot the slot it is to be held for, see {@link Slots}; empty for none
 * @param from whose it is now
 */
public record Wish(int internalPort, int port, String slot, From from) {

    /** Whose a port is that is wanted. */
    public sealed interface From {
        /** Nobody's. */
        record Nobody() implements From {}

        /**
         * Set aside for the module of the request.
         *
         * @param owner the identity of the reservation
         */
        record Reservation(String owner) implements From {}

        /** The module's own, by the record of another program, which knows no owners. */
        record OtherProgram() implements From {}
    }

    /** Returns the wish for a free port. */
    public static Wish free(int internalPort, int port, String slot) {
        return new Wish(internalPort, port, slot, new From.Nobody());
    }
}
