package io.a64.proxy.memory;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteClaims;
import io.a64.proxy.RouteException;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps routes without serving them, and tells where a request would go. Safe for use by several threads; objects on
 * one {@link Table} share their routes.
 */
public final class InMemoryRouteWriter implements RouteWriter {

    static final String NAME = "memory";

    private static final Duration PER_TRY = Duration.ofSeconds(2);

    private final Table table;

    /** Creates a writer with a table of its own. */
    public InMemoryRouteWriter() {
        this(new Table());
    }

    /** Creates a writer on a table that others may use too. */
    public InMemoryRouteWriter(Table table) {
        this.table = table;
    }

    /** The routes of a proxy that is not there. Safe for use by several threads. */
    public static final class Table {

        private final SortedMap<String, Route> routes = new TreeMap<>();

        /** Creates an empty table. */
        public Table() {}

        private synchronized void put(Route route) {
            RouteClaims.require(route, routes.values());
            routes.put(route.module(), route);
        }

        private synchronized boolean remove(String module) {
            return routes.remove(module) != null;
        }

        private synchronized List<Route> all() {
            return List.copyOf(routes.values());
        }
    }

    /**
     * Where a request would go.
     *
     * @param module the module behind the route
     * @param upstream the address
     * @param path the path that the module would see
     */
    public record Target(String module, Upstream upstream, String path) {}

    /** Returns where a request for this path would go: to the longest prefix that is routed. */
    public Optional<Target> target(String path) {
        return longest(route -> route.match() instanceof PathMatch, path)
                .map(route -> target(route, path.substring(route.match().path().length() - 1)));
    }

    /** Returns where a request for this path of a host on a public port would go. */
    public Optional<Target> target(String host, int port, String path) {
        return longest(
                        route -> route.match() instanceof HostMatch match
                                && match.port() == port
                                && match.host().equals(host),
                        path)
                .map(route -> target(route, path));
    }

    private Optional<Route> longest(Predicate<Route> candidates, String path) {
        return table.all().stream()
                .filter(candidates)
                .filter(route -> path.startsWith(route.match().path()))
                .max(Comparator.comparingInt(route -> route.match().path().length()));
    }

    private static Target target(Route route, String path) {
        return new Target(route.module(), route.upstreams().get(0), path);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void publish(Route route, Deadline deadline) {
        requireTime(route.module(), deadline);
        table.put(route);
    }

    @Override
    public boolean remove(String module, Deadline deadline) {
        requireTime(module, deadline);
        return table.remove(module);
    }

    private static void requireTime(String module, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw failure(FailureKind.DEADLINE_EXCEEDED, module, "the deadline has passed", null);
        }
    }

    /** Asks the module itself, since there is no proxy to ask. */
    @Override
    public void prove(Route route, Deadline deadline) {
        if (!table.all().contains(route)) {
            throw failure(
                    FailureKind.NOT_FOUND, route.module(), "module " + route.module() + " has no such route", null);
        }
        URI health = URI.create("http://" + route.upstreams().get(0).hostPort() + "/health");
        try {
            HttpProbe.get(health, deadline, PER_TRY);
        } catch (IOException e) {
            throw failure(FailureKind.UNAVAILABLE, route.module(), "nothing answers at " + health + ": " + e, e);
        }
    }

    private static RouteException failure(
            FailureKind kind, String module, String message, @Nullable IOException cause) {
        return new RouteException(kind, module, message, List.of(), cause);
    }

    @Override
    public List<Route> routes(Deadline deadline) {
        return table.all();
    }

    @Override
    public URI baseUri() {
        return URI.create("http://localhost");
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public void close() {}
}
