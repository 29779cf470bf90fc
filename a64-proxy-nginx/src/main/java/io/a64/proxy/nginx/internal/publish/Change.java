package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteClaims;
import io.a64.proxy.RouteException;
import java.util.Map;
import java.util.Optional;

/** What a caller waits for: a route put in place, or a module's route taken out. Changed only by the one whose turn it is. */
final class Change {

    private final String module;
    private final Optional<Route> route;
    private final Deadline deadline;
    private boolean existed;
    private Optional<RouteException> failure = Optional.empty();
    /** Written last, so that who sees it sees the rest. */
    private volatile boolean done;

    Change(String module, Optional<Route> route, Deadline deadline) {
        this.module = module;
        this.route = route;
        this.deadline = deadline;
    }

    String module() {
        return module;
    }

    boolean isRemoval() {
        return route.isEmpty();
    }

    Deadline deadline() {
        return deadline;
    }

    /**
     * Makes the change in a set of routes by module.
     *
     * @throws RouteException if it clashes with the route of another module; the routes are as before then
     */
    void apply(Map<String, Route> routes) {
        if (route.isEmpty()) {
            existed = routes.remove(module) != null;
            return;
        }
        RouteClaims.require(route.get(), routes.values());
        routes.put(module, route.get());
    }

    /** Returns whether there was a route to take out. */
    boolean existed() {
        return existed;
    }

    void succeed() {
        done = true;
    }

    void fail(RouteException why) {
        failure = Optional.of(why);
        done = true;
    }

    boolean isDone() {
        return done;
    }

    void throwFailure() {
        failure.ifPresent(why -> {
            throw why;
        });
    }
}
