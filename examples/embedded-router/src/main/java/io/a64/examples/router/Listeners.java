package io.a64.examples.router;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.spi.InvalidSettingException;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * What the router listens on: the port of path routes, opened when it is first asked for, and the public ports of host
 * routes. All share their threads. Safe for use by several threads.
 */
final class Listeners implements AutoCloseable {

    private static final int IO_THREADS = 2;
    private static final int PASSWORD_THREADS = 2; // everything else runs on the I/O threads
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int HEADER_MILLIS = 60_000;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final String bindAddress;
    private final int wantedPort;
    private final HttpHandler paths;
    private final IntFunction<HttpHandler> hosts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Undertow> publicListeners = new HashMap<>();
    private final ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER_BYTES);
    private @Nullable XnioWorker threads;
    private @Nullable Undertow pathListener;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param wantedPort the port of path routes, 0 for any free one
     * @param paths handles the requests of that port
     * @param hosts makes what handles the requests of a public port
     */
    Listeners(String bindAddress, int wantedPort, HttpHandler paths, IntFunction<HttpHandler> hosts) {
        this.bindAddress = bindAddress;
        this.wantedPort = wantedPort;
        this.paths = paths;
        this.hosts = hosts;
    }

    /** Returns the port of path routes, which is listened on from now on. */
    int pathPort() {
        lock.lock();
        try {
            requireOpen();
            if (pathListener == null) {
                pathListener = openPaths();
            }
            InetSocketAddress address =
                    (InetSocketAddress) pathListener.getListenerInfo().get(0).getAddress();
            return address.getPort();
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new RouteException(FailureKind.UNAVAILABLE, "*", "the embedded router is closed", List.of(), null);
        }
    }

    private Undertow openPaths() {
        try {
            return open(wantedPort, paths);
        } catch (IOException | RuntimeException e) {
            InvalidSettingException unusable = new InvalidSettingException(
                    EmbeddedRouter.PORT_SETTING,
                    String.valueOf(wantedPort),
                    "a free port of " + bindAddress + " (" + EmbeddedRouter.BIND_SETTING + "), 0 for any; "
                            + reason(e));
            unusable.addSuppressed(e);
            throw unusable;
        }
    }

    private static @Nullable String reason(Exception e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    /**
     * Listens on the public port of a host route from now on.
     *
     * @throws RouteException of kind {@code CONFLICT} if that is the port of path routes, {@code UNAVAILABLE} if it
     *     cannot be listened on
     */
    void openFor(Route route) {
        if (!(route.match() instanceof HostMatch match)) {
            return;
        }
        int port = match.port();
        int pathPort = pathPort();
        lock.lock();
        try {
            requireOpen();
            if (port == pathPort) {
                throw failure(FailureKind.CONFLICT, route, port + " is the port of path routes; choose another", null);
            }
            if (!publicListeners.containsKey(port)) {
                publicListeners.put(port, open(port, hosts.apply(port)));
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof RouteException known
                    ? known
                    : failure(
                            FailureKind.UNAVAILABLE,
                            route,
                            port + " cannot be listened on: " + reason(e) + "; choose another or free it",
                            e);
        } finally {
            lock.unlock();
        }
    }

    private RouteException failure(FailureKind kind, Route route, String message, @Nullable Exception cause) {
        return new RouteException(
                kind,
                route.module(),
                "embedded router: route " + route.match().text() + ": port " + bindAddress + ":" + message,
                List.of(),
                cause);
    }

    /** Listens on these public ports only; requests that are under way on others are finished. */
    void keepOnly(Set<Integer> publicPorts) {
        lock.lock();
        try {
            publicListeners.entrySet().removeIf(open -> {
                boolean unused = !publicPorts.contains(open.getKey());
                if (unused) {
                    open.getValue().stop();
                }
                return unused;
            });
        } finally {
            lock.unlock();
        }
    }

    private Undertow open(int port, HttpHandler handler) throws IOException {
        Undertow listener = Undertow.builder()
                .addHttpListener(port, bindAddress)
                .setHandler(handler)
                .setWorker(threads())
                .setByteBufferPool(buffers)
                .setSocketOption(Options.KEEP_ALIVE, true) // finds dead peers of silent WebSockets
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEADER_MILLIS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L) // every route has a limit of its own
                .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_HEADER_BYTES)
                .build();
        try {
            listener.start();
            return listener;
        } catch (RuntimeException e) {
            listener.stop();
            throw e;
        }
    }

    private XnioWorker threads() throws IOException {
        if (threads == null) {
            threads = Xnio.getInstance(Undertow.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, "a64-router")
                            .set(Options.WORKER_IO_THREADS, IO_THREADS)
                            .set(Options.WORKER_TASK_CORE_THREADS, PASSWORD_THREADS)
                            .set(Options.WORKER_TASK_MAX_THREADS, PASSWORD_THREADS)
                            .set(Options.THREAD_DAEMON, true)
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        }
        return threads;
    }

    /** Returns the address by which this machine reaches the listeners, in brackets if it is IPv6. */
    String reachableAddress() {
        return switch (bindAddress) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> bindAddress.indexOf(':') >= 0 ? "[" + bindAddress + "]" : bindAddress;
        };
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            keepOnly(Set.of());
            if (pathListener != null) {
                pathListener.stop();
                pathListener = null;
            }
            if (threads != null) {
                endThreads(threads);
                threads = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void endThreads(XnioWorker threads) {
        threads.shutdown();
        try {
            threads.awaitTermination();
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
