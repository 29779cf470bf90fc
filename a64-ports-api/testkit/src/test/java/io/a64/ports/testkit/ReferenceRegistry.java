package io.a64.ports.testkit;

import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The ports that reference allocators share, their past, and their time. Guarded by its own monitor. */
final class ReferenceRegistry {
    final NavigableMap<Integer, Hold> holds = new TreeMap<>();
    final List<PortTenure> past = new ArrayList<>();
    Instant now = Instant.parse("2025-10-19T08:00:00Z");

    /** Why a port is not free. */
    enum State {
        PROMISED,
        RESERVED,
        BOUND,
        COOLING,
        QUARANTINED
    }

    /**
     * A port that is not free.
     *
     * @param request the request that got it
     * @param internalPort the port inside the container
     * @param state why it is not free
     * @param allocatedAt since when it is held
     * @param since when the lease, the cooldown or the quarantine began; when a promise ends
     * @param promise what it was before a deployment took it over
     */
    record Hold(
            PortRequest request,
            int internalPort,
            State state,
            Instant allocatedAt,
            Instant since,
            Optional<Hold> promise) {

        boolean isHeld() {
            return state == State.RESERVED || state == State.BOUND;
        }

        boolean isPromise() {
            return state == State.PROMISED;
        }

        Hold in(State newState, Instant newSince) {
            return new Hold(request, internalPort, newState, allocatedAt, newSince, promise);
        }

        PortTenure tenure(int port, Optional<Instant> to, Optional<String> reason) {
            return new PortTenure(port, request.module(), internalPort, request.generation(), allocatedAt, to, reason);
        }
    }

    synchronized void passTime(Duration time) {
        now = now.plus(time);
    }
}
