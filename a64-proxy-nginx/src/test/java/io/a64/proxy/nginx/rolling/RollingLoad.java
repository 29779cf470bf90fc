package io.a64.proxy.nginx.rolling;

import io.a64.proxy.nginx.rolling.ClientConnection.ReusedConnectionClosed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of all kinds that ask one module without end until this is closed. */
public final class RollingLoad implements AutoCloseable {

    private static final Map<Kind, Integer> CLIENTS = Map.of(
            Kind.FRESH, 2, Kind.SLOW, 6, Kind.UPLOAD, 2, Kind.WEBSOCKET, 6, Kind.KEPT_STRICT, 4, Kind.KEPT_RETRYING, 4);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(3);
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
    private static final Duration SOCKET_LIFE = Duration.ofSeconds(2);
    private static final byte[] MESSAGE = "a message that has to come back".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final String path;
    private final Tally tally = new Tally();
    private final AtomicInteger live = new AtomicInteger();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private volatile boolean ended;

    /** A client that goes on until it is told to end. */
    @FunctionalInterface
    private interface Client {

        void run() throws IOException, InterruptedException;
    }

    private RollingLoad(int port, String path) {
        this.port = port;
        this.path = path;
    }

    /**
     * Starts all clients.
     *
     * @param port NGINX's
     * @param path the module's, with a slash at its end
     * @param generation which one is live
     */
    public static RollingLoad start(int port, String path, int generation) {
        RollingLoad load = new RollingLoad(port, path);
        load.isLive(generation);
        CLIENTS.forEach((kind, count) -> {
            for (int i = 0; i < count; i++) {
                load.clients.execute(() -> load.goOn(kind));
            }
        });
        return load;
    }

    /** Says that a generation has been proven live: whoever asks from now on must not meet an older one. */
    public void isLive(int generation) {
        live.set(generation);
    }

    /** Returns what has become of the requests so far. */
    public Tally tally() {
        return tally;
    }

    private void goOn(Kind kind) {
        Client client = client(kind);
        try {
            while (!ended) {
                attempt(kind, client);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Kind kind, Client client) throws InterruptedException {
        try {
            client.run();
        } catch (IOException e) {
            tally.failed(kind, String.valueOf(e.getMessage()));
        }
    }

    private Client client(Kind kind) {
        return switch (kind) {
            case FRESH -> () -> fresh(kind, connection -> connection.get(path));
            case SLOW -> () -> fresh(kind, connection -> connection.get(path + "slow"));
            case UPLOAD -> () -> fresh(kind, connection -> connection.upload(path, 10, 20_000, Duration.ofMillis(30)));
            case WEBSOCKET -> this::socket;
            case KEPT_STRICT -> () -> kept(kind, false);
            case KEPT_RETRYING -> () -> kept(kind, true);
        };
    }

    /** A question that tells which generation answered. */
    @FunctionalInterface
    private interface Question {

        int ask(ClientConnection connection) throws IOException, InterruptedException;
    }

    private void fresh(Kind kind, Question question) throws IOException, InterruptedException {
        try (ClientConnection connection = new ClientConnection(port)) {
            ask(kind, connection, question);
        }
    }

    private void ask(Kind kind, ClientConnection connection, Question question)
            throws IOException, InterruptedException {
        int newest = live.get();
        if (question.ask(connection) < newest) {
            throw new IOException("answered by a generation that is not live any more");
        }
        tally.succeeded(kind);
        TimeUnit.MILLISECONDS.sleep(BETWEEN_REQUESTS.toMillis());
    }

    /** Uses one connection as long as it can be used. */
    private void kept(Kind kind, boolean retries) throws IOException, InterruptedException {
        try (ClientConnection connection = new ClientConnection(port)) {
            while (!ended && connection.isReusable()) {
                ask(kind, connection, each -> each.get(path));
            }
        } catch (ReusedConnectionClosed e) {
            if (!retries) {
                throw e;
            }
            fresh(kind, connection -> connection.get(path));
        }
    }

    private void socket() throws IOException, InterruptedException {
        try (ClientConnection connection = new ClientConnection(port)) {
            connection.upgrade(path + "socket");
            long end = System.nanoTime() + SOCKET_LIFE.toNanos();
            while (!ended && System.nanoTime() - end < 0) {
                connection.echo(MESSAGE);
                tally.succeeded(Kind.WEBSOCKET);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_MESSAGES.toMillis());
            }
        }
    }

    /** Lets every client finish what it has begun. */
    @Override
    public void close() {
        ended = true;
        clients.shutdown();
        try {
            if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a client hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
