package io.a64.examples.router;

import io.a64.FailureKind;
import io.a64.proxy.RouteException;
import io.a64.spi.InvalidSettingException;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** The listener: started when its port is first asked for, stopped once. */
final class RouterServer implements AutoCloseable {

    private static final int IO_THREADS = 2;
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int HEADER_MILLIS = 60_000;

    private final String bindAddress;
    private final int wantedPort;
    private final HttpHandler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Undertow undertow;
    private int port;
    private boolean closed;

    RouterServer(String bindAddress, int wantedPort, HttpHandler handler) {
        this.bindAddress = bindAddress;
        this.wantedPort = wantedPort;
        this.handler = handler;
    }

    /** Returns the port that is listened on, which it is from now on. */
    int port() {
        lock.lock();
        try {
            if (closed) {
                throw new RouteException(
                        FailureKind.UNAVAILABLE, "*", "the embedded router is closed", List.of(), null);
            }
            if (undertow == null) {
                start();
            }
            return port;
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        Undertow starting = build();
        try {
            starting.start();
        } catch (RuntimeException e) {
            starting.stop();
            throw unusable(e);
        }
        port = ((InetSocketAddress) starting.getListenerInfo().get(0).getAddress()).getPort();
        undertow = starting;
    }

    private Undertow build() {
        return Undertow.builder()
                .addHttpListener(wantedPort, bindAddress)
                .setHandler(handler)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(1) // everything runs on the I/O threads
                .setWorkerOption(Options.WORKER_NAME, "a64-router")
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setSocketOption(Options.KEEP_ALIVE, true) // finds dead peers of silent WebSockets
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEADER_MILLIS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L) // every route has a limit of its own
                .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_HEADER_BYTES)
                .build();
    }

    private InvalidSettingException unusable(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        InvalidSettingException unusable = new InvalidSettingException(
                EmbeddedRouter.PORT_SETTING,
                String.valueOf(wantedPort),
                "a free port of " + bindAddress + " (" + EmbeddedRouter.BIND_SETTING + "), 0 for any; "
                        + cause.getMessage());
        unusable.addSuppressed(e);
        return unusable;
    }

    /** Returns the address by which this machine reaches the listener, in brackets if it is IPv6. */
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
            if (undertow != null) {
                undertow.stop();
                undertow = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
