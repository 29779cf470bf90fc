package io.a64.ports.memory;

import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A port that is not free.
 *
 * @param state why not
 * @param module who holds it or held it last
 * @param internalPort the port inside the container
 * @param generation the generation of the module
 * @param owner the deployment that holds it
 * @param slot the slot it is held for, empty for none
 * @param allocatedAt since when it is held
 * @param since when the lease, the cooldown or the quarantine began; when a promise ends
 * @param promise what it was before it was reserved, if it was promised
 */
record MemoryPort(
        State state,
        String module,
        int internalPort,
        int generation,
        String owner,
        String slot,
        Instant allocatedAt,
        Instant since,
        Optional<MemoryPort> promise) {

    boolean isHeldBy(String claimant, int generationOfClaimant) {
        return (state == State.PROMISED || state == State.RESERVED || state == State.BOUND)
                && owner.equals(claimant)
                && generation == generationOfClaimant;
    }

    boolean isOver(Duration time, Instant now) {
        return !since.plus(time).isAfter(now);
    }

    MemoryPort in(State newState, Instant newSince) {
        return new MemoryPort(
                newState,
                module,
                internalPort,
                generation,
                owner,
                newState == State.COOLING || newState == State.QUARANTINED ? "" : slot,
                allocatedAt,
                newSince,
                newState == State.RESERVED ? promise : Optional.empty());
    }

    MemoryPort at(String newSlot) {
        return new MemoryPort(state, module, internalPort, generation, owner, newSlot, allocatedAt, since, promise);
    }

    PortEntry entry(int port) {
        return new PortEntry(
                port, state, module, internalPort, generation, owner, slot, allocatedAt, Optional.of(since));
    }
}
