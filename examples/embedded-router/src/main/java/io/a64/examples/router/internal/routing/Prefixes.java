package io.a64.examples.router.internal.routing;

import io.a64.proxy.Route;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Routes of which the longest prefix of a path is looked for. Immutable. */
final class Prefixes {

    private final Map<String, Route> byPath;
    private final int longestPath;

    Prefixes(Collection<Route> routes) {
        byPath = routes.stream()
                .collect(Collectors.toUnmodifiableMap(route -> route.match().path(), Function.identity()));
        longestPath = byPath.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** Returns the route with the longest prefix of a normalised path. */
    Optional<Route> covering(String path) {
        // No further than the longest route, so that a path of thousands of slashes costs no more than another.
        int slash = path.lastIndexOf('/', longestPath);
        while (slash >= 0) {
            Route route = byPath.get(path.substring(0, slash + 1));
            if (route != null) {
                return Optional.of(route);
            }
            slash = path.lastIndexOf('/', slash - 1);
        }
        return Optional.empty();
    }

    /** Returns whether a normalised path is that of a route but for its final slash. */
    boolean lacksSlash(String path) {
        return byPath.containsKey(path + "/");
    }
}
