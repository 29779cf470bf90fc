package io.a64.ports.testkit;

import io.a64.ports.PortRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The ports that reference allocators share, and their time. Guarded by its own monitor. */
final class ReferenceRegistry {
    final NavigableMap<Integer, Hold> holds = new TreeMap<>();
    Instant now = Instant.parse("2025-10-19T08:00:00Z");

    /** Why a port is not free. */
    enum State {
        RESERVED,
        BOUND,
        COOLING
    }

    /**
     * A port that is not free.
     *
     * @param request the request that got it
     * @param internalPort the port inside the container
     * @param state why it is not free
     * @param since when the lease or the cooldown began
     */
    record Hold(PortRequest request, int internalPort, State state, Instant since) {
        boolean isHeld() {
            return state != State.COOLING;
        }

        Hold in(State newState, Instant newSince) {
            return new Hold(request, internalPort, newState, newSince);
        }
    }

    synchronized void passTime(Duration time) {
        now = now.plus(time);
    }
}
