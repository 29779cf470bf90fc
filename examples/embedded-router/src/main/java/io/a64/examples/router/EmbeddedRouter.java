package io.a64.examples.router;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.examples.router.internal.access.AddressHandler;
import io.a64.examples.router.internal.access.AuthRequestHandler;
import io.a64.examples.router.internal.access.BasicAuthHandler;
import io.a64.examples.router.internal.forward.ForwardHandler;
import io.a64.examples.router.internal.limit.LimitHandler;
import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.routing.LiveRoutes;
import io.a64.examples.router.internal.routing.RouteTable;
import io.a64.examples.router.internal.routing.RoutingHandler;
import io.a64.examples.router.internal.upstream.Connector;
import io.a64.examples.router.internal.upstream.Replicas;
import io.a64.probe.HttpProbe;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.spi.RouteWriter;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes requests to modules from inside this process. Safe for use by several threads.
 *
 * <p>It listens, and has threads, from the first call on that needs it to: {@link #publish}, {@link #prove}, {@link
 * #ping} or {@link #baseUri}. Routes live in memory and end with the process. A published route is live when the call
 * returns; requests that are under way when a route is replaced or removed are finished.
 *
 * <p>Host routes are served on their public ports, at the same address of this machine; a port is listened on from its
 * first route to its last.
 *
 * <p>Unlike NGINX it lets a WebSocket be silent for as long as it likes, and streams bodies in both directions whether
 * a route asks for buffering or not.
 */
public final class EmbeddedRouter implements RouteWriter {

    static final String NAME = "embedded";
    static final String PORT_SETTING = "a64.router.port";
    static final String BIND_SETTING = "a64.router.bind";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRouter.class);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
    private static final String LOOPBACK = "127.0.0.1";

    private final ReentrantLock change = new ReentrantLock();
    private final LiveRoutes routes = new LiveRoutes();
    private final Listeners listeners;

    private EmbeddedRouter(String bindAddress, int port, LongSupplier nanoTime) {
        HttpHandler entrance = entrance(routes, nanoTime);
        listeners = new Listeners(
                bindAddress,
                port,
                RoutingHandler.ofPaths(routes, entrance),
                publicPort -> RoutingHandler.ofHosts(publicPort, routes, entrance));
    }

    /** What a request that has found its route goes through, in the order in which NGINX asks. */
    private static HttpHandler entrance(LiveRoutes routes, LongSupplier nanoTime) {
        Connector connector = new Connector(new Replicas(nanoTime));
        HttpHandler authorized = new AuthRequestHandler(routes, connector, new ForwardHandler(connector));
        return new LimitHandler(nanoTime, new AddressHandler(new BasicAuthHandler(nanoTime, authorized)));
    }

    /**
     * Returns a router for a port of 127.0.0.1, not listening yet.
     *
     * @param port 0 for any free port
     */
    public static EmbeddedRouter listening(int port) {
        return listening(LOOPBACK, port);
    }

    /**
     * Returns a router for a port of one address of this machine, not listening yet.
     *
     * @param bindAddress an address, or {@code 0.0.0.0} for all
     * @param port 0 for any free port
     */
    public static EmbeddedRouter listening(String bindAddress, int port) {
        return new EmbeddedRouter(bindAddress, port, System::nanoTime);
    }

    /** Returns a router for any free port of 127.0.0.1 whose limits and rests go by a clock of the caller's. */
    static EmbeddedRouter timedBy(LongSupplier nanoTime) {
        return new EmbeddedRouter(LOOPBACK, 0, nanoTime);
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.a64.spi.InvalidSettingException naming {@code a64.router.port} if the port cannot be listened on
     */
    @Override
    public void publish(Route route, Deadline deadline) {
        requireTime(route.module(), deadline);
        listeners.pathPort();
        change(current -> {
            RouteTable following = current.with(route);
            listeners.openFor(route);
            return following;
        });
        LOG.debug("route {} leads to {}", route.match().text(), route.upstreams());
    }

    @Override
    public void prove(Route route, Deadline deadline) {
        if (!routes.table().ofModule(route.module()).equals(Optional.of(route))) {
            throw failure(
                    FailureKind.NOT_FOUND,
                    route.module(),
                    "route " + route.match().text() + " is not published",
                    null);
        }
        URI question = route.match() instanceof PathMatch path ? URI.create(uri(path) + "health") : uri(route.match());
        HttpProbe.Answer answer = ask(route, question, deadline);
        if (answer.status() >= 500 && answer.body().equals(OwnAnswer.text(answer.status()))) {
            throw failure(
                    FailureKind.UNAVAILABLE,
                    route.module(),
                    question + " answers " + answer.status() + ": the module is not reached",
                    null);
        }
    }

    private HttpProbe.Answer ask(Route route, URI question, Deadline deadline) {
        int port = route.match() instanceof HostMatch host ? host.port() : listeners.pathPort();
        try {
            InetSocketAddress listener =
                    new InetSocketAddress(InetAddress.getByName(listeners.reachableAddress()), port);
            return HttpProbe.getAt(listener, question, deadline, PROBE_LIMIT);
        } catch (IOException e) {
            FailureKind kind = deadline.hasPassed() ? FailureKind.DEADLINE_EXCEEDED : FailureKind.UNAVAILABLE;
            throw failure(kind, route.module(), question + " does not answer: " + e, e);
        }
    }

    private static void requireTime(String module, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw failure(FailureKind.DEADLINE_EXCEEDED, module, "no time is left to change its route", null);
        }
    }

    /** Puts another table in force and returns the former one. */
    private RouteTable change(UnaryOperator<RouteTable> next) {
        change.lock();
        try {
            RouteTable former = routes.table();
            RouteTable following = next.apply(former);
            routes.replace(following);
            listeners.keepOnly(following.publicPorts());
            return former;
        } finally {
            change.unlock();
        }
    }

    @Override
    public boolean remove(String module, Deadline deadline) {
        requireTime(module, deadline);
        return change(current -> current.without(module)).ofModule(module).isPresent();
    }

    @Override
    public List<Route> routes(Deadline deadline) {
        return routes.table().routes();
    }

    /** {@inheritDoc} Requests that a closed router has cut reach nothing. */
    @Override
    public boolean awaitDrained(String module, Deadline deadline) {
        try {
            return routes.awaitDrained(module, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(FailureKind.INTERRUPTED, module, "interrupted while its former upstreams drain", e);
        }
    }

    /**
     * {@inheritDoc} Starts to listen if it does not yet, because any free port is known only then.
     *
     * @throws io.a64.spi.InvalidSettingException naming {@code a64.router.port} if the port cannot be listened on
     */
    @Override
    public URI baseUri() {
        return URI.create("http://" + listeners.reachableAddress() + ":" + listeners.pathPort());
    }

    @Override
    public void ping(Deadline deadline) {
        listeners.pathPort();
    }

    /** Stops to listen and cuts what is under way. */
    @Override
    public void close() {
        listeners.close();
        routes.forgetRequests();
    }

    private static RouteException failure(FailureKind kind, String module, String message, @Nullable Throwable cause) {
        return new RouteException(kind, module, "embedded router: " + message, List.of(), cause);
    }
}
