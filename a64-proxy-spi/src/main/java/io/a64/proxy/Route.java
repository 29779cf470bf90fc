package io.a64.proxy;

import io.a64.InvalidInputException;
import io.a64.ModuleName;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A path prefix and the module behind it. Requests below the prefix reach the module with the prefix stripped.
 *
 * @param module the module that owns the route; one route per module
 * @param generation the generation of the module that is routed to, from 1
 * @param path the prefix, with a slash at both ends, such as {@code /analytics-dashboard/}
 * @param upstreams where requests go; at least one
 * @param options what may differ from route to route
 */
public record Route(String module, int generation, String path, List<Upstream> upstreams, RouteOptions options) {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/");
    private static final int LONGEST_PATH = 255;

    public Route {
        ModuleName.require("module_name", module);
        requirePath(path);
        if (generation < 1) {
            throw new InvalidInputException("generation", generation, "be 1 or more");
        }
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new InvalidInputException("upstreams", upstreams, "hold at least one address");
        }
        Objects.requireNonNull(options, "options");
    }

    /**
     * Returns the path if it may be routed: segments of unreserved characters (RFC 3986), none beginning with a
     * dot, none of them ours, at most 255 characters.
     *
     * @throws InvalidInputException if it may not
     */
    public static String requirePath(String path) {
        boolean ours = path.equals("/health/") || path.startsWith("/health/") || path.startsWith("/__a64/");
        if (ours || path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
            throw new InvalidInputException(
                    "route.path",
                    path,
                    "match " + PATH.pattern() + ", at most 255 characters, not below /health or /__a64");
        }
        return path;
    }
}
