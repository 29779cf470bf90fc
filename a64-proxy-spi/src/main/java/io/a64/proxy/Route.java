package io.a64.proxy;

import io.a64.InvalidInputException;
import io.a64.ModuleName;
import java.util.List;
import java.util.Objects;

/**
 * Which requests go to which module, and how.
 *
 * @param module the module that owns the route; one route per module
 * @param generation the generation of the module that is routed to, from 1
 * @param match which requests
 * @param upstreams where they go, one address per replica; at least one, none twice
 * @param options how they are treated
 */
public record Route(String module, int generation, RouteMatch match, List<Upstream> upstreams, RouteOptions options) {

    private static final int MOST_UPSTREAMS = 32;

    public Route {
        ModuleName.require("module_name", module);
        Objects.requireNonNull(match, "match");
        if (generation < 1) {
            throw new InvalidInputException("generation", generation, "be 1 or more");
        }
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()
                || upstreams.size() > MOST_UPSTREAMS
                || upstreams.stream().distinct().count() < upstreams.size()) {
            throw new InvalidInputException(
                    "upstreams", upstreams, "hold 1 to " + MOST_UPSTREAMS + " addresses and none twice");
        }
        Objects.requireNonNull(options, "options");
    }

    /** Returns a route of the requests below a prefix. */
    public static Route onPath(
            String module, int generation, String path, List<Upstream> upstreams, RouteOptions options) {
        return new Route(module, generation, new PathMatch(path), upstreams, options);
    }
}
