package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which routes have a group of upstreams of their own, and which share some.
 *
 * @param own routes with needs of their own, and paths as long as there are few
 * @param pooledPaths plain paths, as soon as there are many
 * @param pooledHosts plain hosts
 */
record Layout(List<Route> own, List<Route> pooledPaths, List<Route> pooledHosts) {

    /**
     * Returns the layout of routes, which are sorted by module.
     *
     * @param threshold above how many path routes the plain ones share groups
     */
    static Layout of(Collection<Route> routes, int threshold) {
        long paths = routes.stream()
                .filter(route -> route.match() instanceof PathMatch)
                .count();
        Needs needs = Needs.of(routes);
        List<Route> own = new ArrayList<>();
        List<Route> pooledPaths = new ArrayList<>();
        List<Route> pooledHosts = new ArrayList<>();
        for (Route route : routes) {
            boolean isPath = route.match() instanceof PathMatch;
            if (needs.are(route) || (isPath && paths <= threshold)) {
                own.add(route);
            } else {
                (isPath ? pooledPaths : pooledHosts).add(route);
            }
        }
        return new Layout(own, pooledPaths, pooledHosts);
    }

    /** Returns the route whose module answers for a path of the path listener: that of the longest prefix. */
    static Optional<Route> holder(String path, Collection<Route> routes) {
        return routes.stream()
                .filter(route -> route.match() instanceof PathMatch)
                .filter(route -> path.startsWith(route.match().path()))
                .max(Comparator.comparingInt(route -> route.match().path().length()));
    }

    /**
     * What makes a route more than plain, besides its own options.
     *
     * @param asked modules that are asked for authorization
     * @param shared first segments of paths that several modules share
     * @param crowded hosts, with their ports, of which a part needs more, or all but a part is nobody's
     */
    private record Needs(Set<String> asked, Set<String> shared, Set<String> crowded) {

        static Needs of(Collection<Route> routes) {
            Set<String> asked = routes.stream()
                    .flatMap(route -> route.options().access().authRequest().stream())
                    .distinct()
                    .flatMap(path -> holder(path, routes).stream())
                    .map(Route::module)
                    .collect(Collectors.toSet());
            Set<String> shared = new HashSet<>();
            Set<String> crowded = new HashSet<>();
            Set<String> rooted = new HashSet<>();
            for (Route route : routes) {
                String path = route.match().path();
                int end = path.indexOf('/', 1) + 1;
                if (route.match() instanceof HostMatch host) {
                    if (path.equals("/")) {
                        rooted.add(site(host));
                    }
                    if (!isPlain(route)) {
                        crowded.add(site(host));
                    }
                } else if (end < path.length()) {
                    shared.add(path.substring(0, end));
                }
            }
            routes.stream()
                    .filter(route -> route.match() instanceof HostMatch host && !rooted.contains(site(host)))
                    .forEach(route -> crowded.add(site((HostMatch) route.match())));
            return new Needs(asked, shared, crowded);
        }

        boolean are(Route route) {
            if (route.match() instanceof HostMatch host) {
                return crowded.contains(site(host));
            }
            return !isPlain(route)
                    || !route.match().path().equals("/" + route.module() + "/")
                    || asked.contains(route.module())
                    || shared.contains(route.match().path());
        }

        private static boolean isPlain(Route route) {
            return route.upstreams().size() == 1 && route.options().equals(RouteOptions.defaults());
        }

        private static String site(HostMatch host) {
            return host.host() + ":" + host.port();
        }
    }
}
