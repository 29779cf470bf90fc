package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.Route;
import java.util.List;

/**
 * A generation as it was read from disk.
 *
 * @param number the place in the order of generations
 * @param digest stands for the content
 * @param routes its routes, sorted by module
 */
public record Generation(long number, String digest, List<Route> routes) {

    /** What the name of a generation's directory begins with; its number follows. */
    public static final String DIRECTORY_PREFIX = "gen-";

    public Generation {
        routes = List.copyOf(routes);
    }

    /** Returns what NGINX answers when it serves this generation. */
    public String id() {
        return number + "-" + digest;
    }
}
