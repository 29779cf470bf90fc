package io.a64.examples.plugin;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;

/**
 * What the file of a port says.
 *
 * @param port the external port
 * @param module who holds or held it
 * @param generation the holder's generation
 * @param owner the holder's deployment
 * @param internalPort the port inside the container
 * @param allocatedAt since when
 * @param state reserved, bound or cooling
 * @param until when the state ends by itself; the end of time for a bound port
 */
record PortEntry(
        int port,
        String module,
        int generation,
        String owner,
        int internalPort,
        Instant allocatedAt,
        State state,
        Instant until) {

    /** What a port that has a file can be; a free one has none. */
    enum State {
        RESERVED,
        BOUND,
        COOLING
    }

    /** Returns whether somebody holds the port, or the last holder's cooldown lasts. */
    boolean blocks(Instant now) {
        return until.isAfter(now);
    }

    /** Returns what it is by now: a reservation that has lapsed rests, as its container may have started. */
    PortEntry asOf(Instant now, Duration cooldown) {
        return state == State.RESERVED && !blocks(now) ? in(State.COOLING, until.plus(cooldown)) : this;
    }

    boolean isHeld(Instant now) {
        return state != State.COOLING && blocks(now);
    }

    PortEntry in(State next, Instant nextUntil) {
        return new PortEntry(port, module, generation, owner, internalPort, allocatedAt, next, nextUntil);
    }

    Map<String, String> text() {
        return Map.of(
                "module", module,
                "generation", Integer.toString(generation),
                "owner", owner,
                "internalPort", Integer.toString(internalPort),
                "allocatedAt", allocatedAt.toString(),
                "state", state.name(),
                "until", until.toString());
    }

    static PortEntry of(String port, Properties text) {
        return new PortEntry(
                Integer.parseInt(port),
                text.getProperty("module", ""),
                Integer.parseInt(text.getProperty("generation", "1")),
                text.getProperty("owner", ""),
                Integer.parseInt(text.getProperty("internalPort", "0")),
                Instant.parse(text.getProperty("allocatedAt", "")),
                State.valueOf(text.getProperty("state", "")),
                Instant.parse(text.getProperty("until", "")));
    }
}
