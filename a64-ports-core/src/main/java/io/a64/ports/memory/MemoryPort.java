package io.a64.ports.memory;

import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortEntry.State;
import java.time.Instant;

/**
 * A port that is not free.
 *
 * @param state why not
 * @param module who holds it or held it last
 * @param internalPort the port inside the container
 * @param owner the deployment that holds it
 * @param slot the slot it is held for
 * @param allocatedAt since when it is held
 * @param since when the lease or the cooldown began
 */
record MemoryPort(
        State state, String module, int internalPort, String owner, String slot, Instant allocatedAt, Instant since) {

    boolean isHeldBy(String claimant) {
        return state != State.COOLING && owner.equals(claimant);
    }

    boolean isReservedBy(String claimant) {
        return state == State.RESERVED && owner.equals(claimant);
    }

    MemoryPort in(State newState, Instant newSince) {
        return new MemoryPort(newState, module, internalPort, owner, slot, allocatedAt, newSince);
    }

    PortEntry entry(int port) {
        return new PortEntry(port, state, module, internalPort, allocatedAt);
    }
}
