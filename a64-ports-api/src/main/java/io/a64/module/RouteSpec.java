package io.a64.module;

import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import java.util.Objects;

/**
 * The route a module wants.
 *
 * @param path the prefix, with a slash at both ends
 * @param options how the proxy treats its requests
 */
public record RouteSpec(String path, RouteOptions options) {

    public RouteSpec {
        Route.requirePath(path);
        Objects.requireNonNull(options, "options");
    }
}
