package io.a64.module;

import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import java.util.Objects;

/**
 * The route a module wants.
 *
 * @param match which requests belong to the module
 * @param options how the proxy treats its requests
 */
public record RouteSpec(RouteMatch match, RouteOptions options) {

    public RouteSpec {
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(options, "options");
    }
}
