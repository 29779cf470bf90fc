package io.a64.proxy;

import io.a64.InvalidInputException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What may differ from route to route.
 *
 * @param websocket whether {@code Upgrade: websocket} is passed on
 * @param rawPath whether path and query arrive byte for byte, less the prefix; forms that could leave the prefix are
 *     refused with 400 then
 * @param buffering whether the proxy buffers bodies; without it requests and answers stream through it
 * @param maxBodyBytes the largest request body; above it the proxy answers 413
 * @param readTimeout how long the module may stay silent before the proxy answers 504; one second to one day
 * @param balancing how requests are spread over replicas
 * @param rateLimit how often one client may ask
 * @param connectionLimit how many requests of one client may be under way at once, 1 to 65535; above it 429
 * @param access who may use the route
 * @param responseHeaders headers set on every answer in place of the module's own, by name; at most 32
 */
public record RouteOptions(
        boolean websocket,
        boolean rawPath,
        boolean buffering,
        long maxBodyBytes,
        Duration readTimeout,
        Balancing balancing,
        Optional<RateLimit> rateLimit,
        OptionalInt connectionLimit,
        RouteAccess access,
        SortedMap<String, String> responseHeaders) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_HEADERS = 32;
    private static final RouteOptions DEFAULTS = builder().build();

    public RouteOptions {
        if (maxBodyBytes < 1) {
            throw new InvalidInputException("route.max_body", maxBodyBytes, "be at least 1 byte");
        }
        if (readTimeout.compareTo(Duration.ofSeconds(1)) < 0 || readTimeout.compareTo(LONGEST) > 0) {
            throw new InvalidInputException(
                    "route.read_timeout_seconds", readTimeout, "lie between one second and one day");
        }
        Objects.requireNonNull(balancing, "balancing");
        Objects.requireNonNull(rateLimit, "rateLimit");
        connectionLimit.ifPresent(RouteOptions::requireConnectionLimit);
        Objects.requireNonNull(access, "access");
        responseHeaders = caseless(responseHeaders);
        responseHeaders.forEach(ResponseHeader::require);
    }

    /** Names of headers that differ in nothing but case make equal options, so their case does not count here. */
    @Override
    public int hashCode() {
        return Objects.hash(
                websocket,
                rawPath,
                buffering,
                maxBodyBytes,
                readTimeout,
                balancing,
                rateLimit,
                connectionLimit,
                access,
                List.copyOf(responseHeaders.values()));
    }

    private static void requireConnectionLimit(int limit) {
        if (limit < 1 || limit > 65535) {
            throw new InvalidInputException("route.connection_limit", limit, "lie between 1 and 65535");
        }
    }

    /** Header names differ in more than case (RFC 9110, 5.1). */
    private static SortedMap<String, String> caseless(Map<String, String> headers) {
        SortedMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(headers);
        if (sorted.size() < headers.size() || headers.size() > MOST_HEADERS) {
            throw new InvalidInputException(
                    "route.response_headers",
                    headers.keySet(),
                    "name at most " + MOST_HEADERS + " headers, none twice");
        }
        return Collections.unmodifiableSortedMap(sorted);
    }

    /**
     * Returns WebSocket on, buffering on, bodies up to 10 MiB, 60 seconds, least connections, everybody may, and
     * nothing else.
     */
    public static RouteOptions defaults() {
        return DEFAULTS;
    }

    /** Starts from {@link #defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects options. Not safe for use by several threads; values are checked by {@link #build}. */
    public static final class Builder {

        private boolean websocket = true;
        private boolean rawPath;
        private boolean buffering = true;
        private long maxBodyBytes = 10L << 20;
        private Duration readTimeout = Duration.ofSeconds(60);
        private Balancing balancing = Balancing.LEAST_CONNECTIONS;
        private Optional<RateLimit> rateLimit = Optional.empty();
        private OptionalInt connectionLimit = OptionalInt.empty();
        private RouteAccess access = RouteAccess.open();
        private Map<String, String> responseHeaders = Map.of();

        private Builder() {}

        private Builder(RouteOptions from) {
            websocket = from.websocket;
            rawPath = from.rawPath;
            buffering = from.buffering;
            maxBodyBytes = from.maxBodyBytes;
            readTimeout = from.readTimeout;
            balancing = from.balancing;
            rateLimit = from.rateLimit;
            connectionLimit = from.connectionLimit;
            access = from.access;
            responseHeaders = from.responseHeaders;
        }

        /** Sets whether WebSockets pass. */
        public Builder websocket(boolean pass) {
            websocket = pass;
            return this;
        }

        /** Sets whether path and query arrive byte for byte. */
        public Builder rawPath(boolean raw) {
            rawPath = raw;
            return this;
        }

        /** Sets whether the proxy buffers bodies. */
        public Builder buffering(boolean buffer) {
            buffering = buffer;
            return this;
        }

        /** Sets the largest request body in bytes. */
        public Builder maxBodyBytes(long bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        /** Sets how long the module may stay silent. */
        public Builder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        /** Sets how requests are spread over replicas. */
        public Builder balancing(Balancing by) {
            balancing = by;
            return this;
        }

        /** Limits how often one client may ask. */
        public Builder rateLimit(RateLimit limit) {
            rateLimit = Optional.of(limit);
            return this;
        }

        /** Limits how many requests of one client may be under way at once. */
        public Builder connectionLimit(int requests) {
            connectionLimit = OptionalInt.of(requests);
            return this;
        }

        /** Sets who may use the route. */
        public Builder access(RouteAccess who) {
            access = who;
            return this;
        }

        /** Sets headers of every answer. */
        public Builder responseHeaders(Map<String, String> headers) {
            responseHeaders = headers;
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws InvalidInputException if a value breaks its rule, naming the field
         */
        public RouteOptions build() {
            return new RouteOptions(
                    websocket,
                    rawPath,
                    buffering,
                    maxBodyBytes,
                    readTimeout,
                    balancing,
                    rateLimit,
                    connectionLimit,
                    access,
                    caseless(responseHeaders));
        }
    }
}
