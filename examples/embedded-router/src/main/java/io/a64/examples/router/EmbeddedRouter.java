package io.a64.examples.router;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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
 * <p>Unlike NGINX it lets a WebSocket be silent for as long as it likes, and streams request bodies to the module
 * instead of collecting them first.
 */
public final class EmbeddedRouter implements RouteWriter {

    static final String NAME = "embedded";
    static final String PORT_SETTING = "a64.router.port";
    static final String BIND_SETTING = "a64.router.bind";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRouter.class);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
    private static final String LOOPBACK = "127.0.0.1";

    private final ReentrantLock change = new ReentrantLock();
    private final RouterServer server;
    private volatile RouteTable table = RouteTable.EMPTY;

    private EmbeddedRouter(String bindAddress, int port) {
        server = new RouterServer(bindAddress, port, new RoutingHandler(() -> table));
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
        return new EmbeddedRouter(bindAddress, port);
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
        server.port();
        change(current -> current.with(route));
        LOG.debug("route {} leads to {}", route.match().path(), route.upstreams());
    }

    @Override
    public void prove(Route route, Deadline deadline) {
        if (!table.ofModule(route.module()).equals(Optional.of(route))) {
            throw failure(
                    FailureKind.NOT_FOUND,
                    route.module(),
                    "route " + route.match().path() + " is not published",
                    null);
        }
        URI health = URI.create(baseUri() + route.match().path() + "health");
        HttpProbe.Answer answer = ask(route, health, deadline);
        if (answer.status() >= 500 && answer.body().equals(OwnAnswer.text(answer.status()))) {
            throw failure(
                    FailureKind.UNAVAILABLE,
                    route.module(),
                    health + " answers " + answer.status() + ": the module is not reached",
                    null);
        }
    }

    private static void requireTime(String module, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw failure(FailureKind.DEADLINE_EXCEEDED, module, "no time is left to change its route", null);
        }
    }

    /** Puts another table in place and returns the former one. */
    private RouteTable change(UnaryOperator<RouteTable> next) {
        change.lock();
        try {
            RouteTable former = table;
            table = next.apply(former);
            return former;
        } finally {
            change.unlock();
        }
    }

    private static HttpProbe.Answer ask(Route route, URI health, Deadline deadline) {
        try {
            return HttpProbe.get(health, deadline, PROBE_LIMIT);
        } catch (IOException e) {
            FailureKind kind = deadline.hasPassed() ? FailureKind.DEADLINE_EXCEEDED : FailureKind.UNAVAILABLE;
            throw failure(kind, route.module(), health + " does not answer: " + e, e);
        }
    }

    @Override
    public boolean remove(String module, Deadline deadline) {
        requireTime(module, deadline);
        return change(current -> current.without(module)).ofModule(module).isPresent();
    }

    @Override
    public List<Route> routes(Deadline deadline) {
        return table.routes();
    }

    /**
     * {@inheritDoc} Starts to listen if it does not yet, because any free port is known only then.
     *
     * @throws io.a64.spi.InvalidSettingException naming {@code a64.router.port} if the port cannot be listened on
     */
    @Override
    public URI baseUri() {
        return URI.create("http://" + server.reachableAddress() + ":" + server.port());
    }

    @Override
    public void ping(Deadline deadline) {
        server.port();
    }

    /** Stops to listen and cuts what is under way. */
    @Override
    public void close() {
        server.close();
    }

    private static RouteException failure(FailureKind kind, String module, String message, @Nullable Throwable cause) {
        return new RouteException(kind, module, "embedded router: " + message, List.of(), cause);
    }
}
