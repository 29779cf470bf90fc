package io.a64.examples.router;

import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All routes at one moment. Immutable: a change makes another table. */
final class RouteTable {

    static final RouteTable EMPTY = new RouteTable(new TreeMap<>());

    private final SortedMap<String, Route> byModule;
    private final Map<String, Route> byPath;
    private final int longestPath;

    private RouteTable(SortedMap<String, Route> routes) {
        byModule = Collections.unmodifiableSortedMap(routes);
        byPath = routes.values().stream()
                .collect(Collectors.toUnmodifiableMap(route -> route.match().path(), Function.identity()));
        longestPath = byPath.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Returns this table with a route, in place of its module's former one.
     *
     * @throws RouteException if another module holds the path
     */
    RouteTable with(Route route) {
        Route holder = byPath.get(route.match().path());
        if (holder != null && !holder.module().equals(route.module())) {
            throw RouteException.held(route, holder.module());
        }
        SortedMap<String, Route> routes = new TreeMap<>(byModule);
        routes.put(route.module(), route);
        return new RouteTable(routes);
    }

    /** Returns this table without the route of a module. */
    RouteTable without(String module) {
        SortedMap<String, Route> routes = new TreeMap<>(byModule);
        routes.remove(module);
        return new RouteTable(routes);
    }

    /** Returns the route of a module. */
    Optional<Route> ofModule(String module) {
        return Optional.ofNullable(byModule.get(module));
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

    /** Returns the routes, sorted by module. */
    List<Route> routes() {
        return List.copyOf(byModule.values());
    }
}
