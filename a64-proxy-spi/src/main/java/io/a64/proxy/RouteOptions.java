package io.a64.proxy;

import io.a64.InvalidInputException;
import java.time.Duration;

/**
 * What may differ from route to route.
 *
 * @param websocket whether {@code Upgrade: websocket} is passed on
 * @param maxBodyBytes the largest request body; above it the proxy answers 413
 * @param readTimeout how long the module may stay silent before the proxy answers 504; at least one second
 */
public record RouteOptions(boolean websocket, long maxBodyBytes, Duration readTimeout) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final RouteOptions DEFAULTS = new RouteOptions(true, 10L << 20, Duration.ofSeconds(60));

    public RouteOptions {
        if (maxBodyBytes < 1) {
            throw new InvalidInputException("route.max_body", maxBodyBytes, "be at least 1 byte");
        }
        if (readTimeout.compareTo(Duration.ofSeconds(1)) < 0 || readTimeout.compareTo(LONGEST) > 0) {
            throw new InvalidInputException(
                    "route.read_timeout_seconds", readTimeout, "lie between one second and one day");
        }
    }

    /** Returns WebSocket on, bodies up to 10 MiB, 60 seconds. */
    public static RouteOptions defaults() {
        return DEFAULTS;
    }
}
