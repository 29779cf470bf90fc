package io.a64.examples.router.internal.routing;

import io.a64.Deadline;
import io.a64.examples.router.internal.request.Entered;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The routes in force and the requests on them. Safe for use by several threads. */
public final class LiveRoutes {

    private final UnderWay underWay = new UnderWay();
    private volatile RouteTable table = RouteTable.EMPTY;

    /** Starts without routes. */
    public LiveRoutes() {}

    /** Returns the routes in force. */
    public RouteTable table() {
        return table;
    }

    /** Puts other routes in force; requests that are under way keep the ones that they have taken. */
    public void replace(RouteTable following) {
        table = following;
    }

    /**
     * Takes the route that is found. It is counted before it is known to be in force still, so that no request can
     * take a route unseen after {@link #awaitDrained}.
     */
    public Optional<Entered> enter(Function<RouteTable, Optional<Route>> find) {
        while (true) {
            Optional<Route> found = find.apply(table);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Entered entered = underWay.begin(found.get());
            if (table.ofModule(found.get().module()).equals(found)) {
                return Optional.of(entered);
            }
            entered.end();
        }
    }

    /**
     * Waits until no request of a module can reach an upstream that its route in force does not name.
     *
     * @return whether that is so; false if the deadline passed first
     */
    public boolean awaitDrained(String module, Deadline deadline) throws InterruptedException {
        return underWay.awaitFormerLeft(module, () -> upstreams(module), deadline);
    }

    private List<Upstream> upstreams(String module) {
        return table.ofModule(module).map(Route::upstreams).orElse(List.of());
    }

    /** Forgets all requests, because their connections were cut. */
    public void forgetRequests() {
        underWay.forgetAll();
    }
}
