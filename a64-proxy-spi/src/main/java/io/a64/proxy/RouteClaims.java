package io.a64.proxy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules between the routes of one proxy; every writer checks a route by them before it publishes it. */
public final class RouteClaims {

    private RouteClaims() {}

    /**
     * Returns normally if a route may join those in force, in place of its module's former one.
     *
     * @param wanted the route that is to be published
     * @param inForce the routes in force
     * @throws RouteException of kind {@code CONFLICT} if another module holds the path or host, or if no other module
     *     serves the path that is to be asked for authorization
     */
    public static void require(Route wanted, Collection<Route> inForce) {
        others(wanted, inForce)
                .filter(other -> other.match().clashesWith(wanted.match()))
                .findFirst()
                .ifPresent(holder -> {
                    throw RouteException.held(wanted, holder.module());
                });
        wanted.options().access().authRequest().ifPresent(path -> requireServed(path, wanted, inForce));
    }

    /** A module that is asked about itself would be asked about that question too, and so on. */
    private static void requireServed(String path, Route wanted, Collection<Route> inForce) {
        Optional<Route> asked = Stream.concat(others(wanted, inForce), Stream.of(wanted))
                .filter(route -> route.match() instanceof PathMatch)
                .filter(route -> path.startsWith(route.match().path()))
                .max(Comparator.comparingInt(route -> route.match().path().length()));
        if (asked.filter(route -> !route.module().equals(wanted.module())).isEmpty()) {
            throw RouteException.unserved(wanted, path);
        }
    }

    private static Stream<Route> others(Route wanted, Collection<Route> inForce) {
        return inForce.stream().filter(route -> !route.module().equals(wanted.module()));
    }
}
