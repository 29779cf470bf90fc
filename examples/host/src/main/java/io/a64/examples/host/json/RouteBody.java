package io.a64.examples.host.json;

import io.a64.InvalidInputException;
import io.a64.module.Readiness;
import io.a64.proxy.RouteOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a module is routed. A field that is null counts as not given.
 *
 * @param type {@code path}
 * @param readiness when the module counts as ready
 * @param websocket whether WebSockets pass
 * @param rateLimit not supported by this version
 * @param authRequest not supported by this version
 * @param maxBody the largest request body, such as {@code 10m}
 * @param readTimeoutSeconds how long the module may stay silent
 * @param rawPath {@code false}; not supported by this version otherwise
 */
public record RouteBody(
        @Nullable String type,
        @Nullable ReadinessBody readiness,
        @Nullable Boolean websocket,
        @Nullable RateLimitBody rateLimit,
        @Nullable String authRequest,
        @Nullable String maxBody,
        @Nullable Long readTimeoutSeconds,
        @Nullable Boolean rawPath) {

    private static final String LATER = "not be given: this version does not support it";

    RouteOptions options() {
        if (type != null && !type.equals("path")) {
            throw new InvalidInputException("route.type", type, "be \"path\"");
        }
        refuseWhatComesLater();
        RouteOptions defaults = RouteOptions.defaults();
        return RouteOptions.builder()
                .websocket(websocket == null ? defaults.websocket() : websocket)
                .maxBodyBytes(maxBody == null ? defaults.maxBodyBytes() : ByteSize.parse("route.max_body", maxBody))
                .readTimeout(
                        readTimeoutSeconds == null
                                ? defaults.readTimeout()
                                : Seconds.of("route.read_timeout_seconds", readTimeoutSeconds))
                .build();
    }

    private void refuseWhatComesLater() {
        if (rateLimit != null) {
            rateLimit.check();
            throw new InvalidInputException("route.rate_limit", rateLimit, LATER);
        }
        if (authRequest != null) {
            if (!authRequest.startsWith("/")) {
                throw new InvalidInputException("route.auth_request", authRequest, "be a path");
            }
            throw new InvalidInputException("route.auth_request", authRequest, LATER);
        }
        if (rawPath != null && rawPath) {
            throw new InvalidInputException("route.raw_path", rawPath, "be false: this version does not support it");
        }
    }

    Readiness condition() {
        return readiness == null ? Readiness.anyAnswer() : readiness.condition();
    }

    /**
     * When a module counts as ready.
     *
     * @param path what has to answer
     * @param timeoutSeconds how long it may take
     */
    public record ReadinessBody(
            @Nullable String path, @Nullable Long timeoutSeconds) {

        Readiness condition() {
            Readiness condition = path == null ? Readiness.anyAnswer() : Readiness.http(path);
            return timeoutSeconds == null
                    ? condition
                    : condition.within(Seconds.of("route.readiness.timeout_seconds", timeoutSeconds));
        }
    }

    /**
     * How many requests pass.
     *
     * @param requestsPerSecond the rate
     * @param burst how many may wait
     */
    public record RateLimitBody(
            @Nullable Double requestsPerSecond, @Nullable Integer burst) {

        void check() {
            if (requestsPerSecond == null || !(requestsPerSecond > 0)) {
                throw new InvalidInputException(
                        "route.rate_limit.requests_per_second", String.valueOf(requestsPerSecond), "be more than 0");
            }
            if (burst != null && burst < 0) {
                throw new InvalidInputException("route.rate_limit.burst", burst, "be 0 or more");
            }
        }
    }
}
