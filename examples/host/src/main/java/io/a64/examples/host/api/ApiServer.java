package io.a64.examples.host.api;

import io.a64.deploy.ModuleDeployer;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API. Calls run on up to 64 threads of its own, because an installation blocks until traffic flows. */
public final class ApiServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
    private static final int MOST_CALLS = 64;
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(3);
    private static final Duration UNDO_LIMIT = Duration.ofSeconds(4);
    private static final int CONNECTIONS_LIMIT_MILLIS = 1000;

    private final Undertow undertow;
    private final GracefulShutdownHandler door;
    private final ExecutorService calls;

    private ApiServer(Undertow undertow, GracefulShutdownHandler door, ExecutorService calls) {
        this.undertow = undertow;
        this.door = door;
        this.calls = calls;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free port
     * @throws BindException if it cannot listen there
     */
    public static ApiServer start(String bind, int port, BearerToken token, ModuleDeployer deployer)
            throws BindException {
        ExecutorService calls = callThreads();
        HttpHandler api = new HttpContinueReadHandler(handler(token, deployer));
        GracefulShutdownHandler door = new GracefulShutdownHandler(exchange -> exchange.dispatch(calls, api));
        Undertow undertow = Undertow.builder()
                .addHttpListener(port, bind)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, CONNECTIONS_LIMIT_MILLIS)
                .setHandler(door)
                .build();
        try {
            undertow.start();
            return new ApiServer(undertow, door, calls);
        } catch (RuntimeException e) {
            calls.shutdownNow();
            undertow.stop();
            if (e.getCause() instanceof BindException bound) {
                throw bound;
            }
            throw e;
        }
    }

    private static HttpHandler handler(BearerToken token, ModuleDeployer deployer) {
        List<Endpoint> closed = new ArrayList<>(new ModuleCalls(deployer).endpoints());
        closed.addAll(new PortCalls(deployer).endpoints());
        Router open = new Router(new PlatformCalls(deployer).openEndpoints());
        return new ApiHandler(token, open, new Router(closed));
    }

    private static ExecutorService callThreads() {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory named = task -> new Thread(task, "a64-api-" + count.incrementAndGet());
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(MOST_CALLS, MOST_CALLS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), named);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Returns the port that it listens on. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    /**
     * Refuses new calls with 503, lets those under way finish for three seconds, then interrupts them, which makes them undo
     * what they have begun. Ends within ten seconds.
     */
    @Override
    public void close() {
        door.shutdown();
        calls.shutdown();
        try {
            if (!calls.awaitTermination(FINISH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
                boolean undone = calls.awaitTermination(UNDO_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                log.info(undone ? "calls under way are undone" : "calls under way could not be undone in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        undertow.stop();
    }
}
