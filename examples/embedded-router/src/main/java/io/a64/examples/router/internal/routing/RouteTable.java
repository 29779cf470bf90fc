package io.a64.examples.router.internal.routing;

import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteClaims;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All routes at one moment. Immutable: a change makes another table. */
public final class RouteTable {

    static final RouteTable EMPTY = new RouteTable(new TreeMap<>());

    private final SortedMap<String, Route> byModule;
    private final Prefixes paths;
    private final Map<Integer, Map<String, Prefixes>> hosts;

    private RouteTable(SortedMap<String, Route> routes) {
        byModule = Collections.unmodifiableSortedMap(routes);
        paths = new Prefixes(routes.values().stream()
                .filter(route -> route.match() instanceof PathMatch)
                .toList());
        hosts = routes.values().stream()
                .filter(route -> route.match() instanceof HostMatch)
                .collect(Collectors.groupingBy(
                        route -> host(route).port(),
                        Collectors.groupingBy(
                                route -> host(route).host(),
                                Collectors.collectingAndThen(Collectors.toList(), Prefixes::new))));
    }

    private static HostMatch host(Route route) {
        return (HostMatch) route.match();
    }

    /**
     * Returns this table with a route, in place of its module's former one.
     *
     * @throws io.a64.proxy.RouteException of kind {@code CONFLICT} if another module holds the path or host, or if no other module
     *     serves the path that is to be asked for authorization
     */
    public RouteTable with(Route route) {
        RouteClaims.require(route, byModule.values());
        SortedMap<String, Route> routes = new TreeMap<>(byModule);
        routes.put(route.module(), route);
        return new RouteTable(routes);
    }

    /** Returns this table without the route of a module. */
    public RouteTable without(String module) {
        SortedMap<String, Route> routes = new TreeMap<>(byModule);
        routes.remove(module);
        return new RouteTable(routes);
    }

    /** Returns the route of a module. */
    public Optional<Route> ofModule(String module) {
        return Optional.ofNullable(byModule.get(module));
    }

    /** Returns the route of another module whose word a route waits for. */
    public Optional<Route> authorizing(Route asking, String path) {
        return paths.covering(path).filter(route -> !route.module().equals(asking.module()));
    }

    /** Returns the path routes. */
    Prefixes paths() {
        return paths;
    }

    /** Returns the routes of a host on a public port; empty if there are none. */
    Optional<Prefixes> host(int port, String host) {
        return Optional.ofNullable(hosts.getOrDefault(port, Map.of()).get(host));
    }

    /** Returns the ports that host routes use. */
    public Set<Integer> publicPorts() {
        return hosts.keySet();
    }

    /** Returns the routes, sorted by module. */
    public List<Route> routes() {
        return List.copyOf(byModule.values());
    }
}
