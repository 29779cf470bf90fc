package io.a64.proxy.testkit;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteClaims;
import io.a64.proxy.RouteException;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A correct writer for {@link ReferenceProxy}. Planted faults override one method each. */
class ReferenceWriter implements RouteWriter {

    final ReferenceProxy proxy;

    ReferenceWriter(ReferenceProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void publish(Route route, Deadline deadline) {
        requireTime(route.module(), deadline);
        proxy.change(routes -> {
            requireFree(routes, route);
            put(routes, route);
        });
    }

    void requireTime(String module, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw failure(FailureKind.DEADLINE_EXCEEDED, module, "the deadline has passed");
        }
    }

    void requireFree(SortedMap<String, Route> routes, Route wanted) {
        RouteClaims.require(wanted, routes.values());
    }

    void put(SortedMap<String, Route> routes, Route route) {
        routes.put(route.module(), route);
    }

    @Override
    public void prove(Route route, Deadline deadline) {
        if (!proxy.routes().contains(route)) {
            throw failure(FailureKind.NOT_FOUND, route.module(), "there is no such route");
        }
        String question = route.match() instanceof PathMatch ? "health" : "";
        Answer answer = RawHttp.get(proxy.listener(route), route.match().path() + question, "Host: " + host(route));
        if (answer.status() == 502 && answer.body().equals("the proxy says 502")) {
            throw failure(FailureKind.UNAVAILABLE, route.module(), "the module does not answer");
        }
    }

    private String host(Route route) {
        return route.match() instanceof HostMatch match
                ? match.host()
                : proxy.baseUri().getAuthority();
    }

    @Override
    public boolean remove(String module, Deadline deadline) {
        requireTime(module, deadline);
        AtomicBoolean removed = new AtomicBoolean();
        proxy.change(routes -> removed.set(takeOut(routes, module)));
        return removed.get();
    }

    boolean takeOut(SortedMap<String, Route> routes, String module) {
        return routes.remove(module) != null;
    }

    @Override
    public boolean awaitDrained(String module, Deadline deadline) {
        try {
            while (!proxy.isDrained(module)) {
                if (!deadline.pause(Duration.ofMillis(5))) {
                    return proxy.isDrained(module);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(FailureKind.INTERRUPTED, module, "interrupted");
        }
    }

    private static RouteException failure(FailureKind kind, String module, String message) {
        return new RouteException(kind, module, message, List.of(), null);
    }

    @Override
    public List<Route> routes(Deadline deadline) {
        return proxy.routes();
    }

    @Override
    public URI baseUri() {
        return proxy.baseUri();
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public void close() {}
}
