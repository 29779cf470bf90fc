package io.a64.ports;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who held a port, from when to when, by the registry's clock.
 *
 * @param port the external port
 * @param module the module that held it
 * @param internalPort the port inside the container
 * @param generation the generation of the module, 0 if none is recorded
 * @param from since when
 * @param to until when; empty if the module holds it still
 * @param reason why it ended, such as {@code released} or {@code lease_expired}; empty while it lasts
 */
public record PortTenure(
        int port,
        String module,
        int internalPort,
        int generation,
        Instant from,
        Optional<Instant> to,
        Optional<String> reason) {

    /** Returns how long it lasted, or has lasted by the given time. */
    public Duration length(Instant now) {
        return Duration.between(from, to.orElse(now));
    }
}
