package io.a64.examples.host.json;

import static io.a64.examples.host.json.Given.complete;
import static io.a64.examples.host.json.Given.ifGiven;
import static io.a64.examples.host.json.Given.refused;
import static io.a64.examples.host.json.Given.required;

import io.a64.InvalidInputException;
import io.a64.module.ModuleSpec;
import io.a64.module.Readiness;
import io.a64.proxy.HostMatch;
import io.a64.proxy.RouteOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a module is routed. A field that is null counts as not given.
 *
 * @param type {@code path}, or {@code host} for a host name on a public port
 * @param path the prefix, with a slash at both ends; without it the module's name, for a host all paths
 * @param host the host name, for a route of this type only
 * @param port the public port, for a route of this type only
 * @param readiness when the module counts as ready
 * @param websocket whether WebSockets pass
 * @param rawPath whether path and query arrive byte for byte
 * @param buffering whether the proxy buffers bodies
 * @param maxBody the largest request body, such as {@code 10m}
 * @param readTimeoutSeconds how long the module may stay silent
 * @param balancing {@code least_connections} or {@code client_address}
 * @param rateLimit how often one client may ask
 * @param connectionLimit how many requests of one client may be under way at once
 * @param authRequest the path that is asked before every request
 * @param basicAuth users and the hashes of their passwords
 * @param allow the only addresses that may ask, such as {@code 10.0.0.0/8}
 * @param responseHeaders headers of every answer
 */
public record RouteBody(
        @Nullable String type,
        @Nullable String path,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable ReadinessBody readiness,
        @Nullable Boolean websocket,
        @Nullable Boolean rawPath,
        @Nullable Boolean buffering,
        @Nullable String maxBody,
        @Nullable Long readTimeoutSeconds,
        @Nullable String balancing,
        @Nullable RateLimitBody rateLimit,
        @Nullable Integer connectionLimit,
        @Nullable String authRequest,
        @Nullable BasicAuthBody basicAuth,
        @Nullable List<@Nullable String> allow,
        @Nullable Map<String, @Nullable String> responseHeaders) {

    private static final String TYPE_HOST = "host";
    private static final String TYPE_PATH = "path";

    /**
     * Adds the route to a specification.
     *
     * @throws InvalidInputException naming the field that breaks its rule
     */
    void addTo(ModuleSpec.Builder module) {
        String given = type == null ? TYPE_PATH : type;
        if (!given.equals(TYPE_PATH) && !given.equals(TYPE_HOST)) {
            throw new InvalidInputException("route.type", given, "be \"path\" or \"host\"");
        }
        if (given.equals(TYPE_HOST)) {
            module.hostRoute(hostMatch());
        } else {
            refused("route.host", host, "not be given without \"type\": \"host\"");
            refused("route.port", port, "not be given without \"type\": \"host\"");
            ifGiven(path, module::pathRoute);
        }
        module.routeOptions(options());
        ifGiven(readiness, condition -> module.readiness(condition.condition()));
    }

    private HostMatch hostMatch() {
        return new HostMatch(required("route.host", host), required("route.port", port), path == null ? "/" : path);
    }

    private RouteOptions options() {
        RouteOptions.Builder options = RouteOptions.builder();
        ifGiven(websocket, options::websocket);
        ifGiven(rawPath, options::rawPath);
        ifGiven(buffering, options::buffering);
        ifGiven(maxBody, size -> options.maxBodyBytes(ByteSize.parse("route.max_body", size)));
        ifGiven(readTimeoutSeconds, seconds -> options.readTimeout(Seconds.of("route.read_timeout_seconds", seconds)));
        ifGiven(balancing, word -> options.balancing(RouteWords.balancing(word)));
        ifGiven(rateLimit, limit -> options.rateLimit(limit.limit()));
        ifGiven(connectionLimit, options::connectionLimit);
        options.access(RouteWords.access(authRequest, basicAuth, allow));
        ifGiven(responseHeaders, headers -> options.responseHeaders(complete("route.response_headers", headers)));
        return options.build();
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
}
