package io.a64.proxy.testkit;

import static org.awaitility.Awaitility.await;

import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A module's stand-in: answers with its name, and remembers each request as it arrived. What is asked for below
 * {@code /held} is answered after {@link #release}, {@code /events} sends the second of two events then; every path
 * can be opened as a WebSocket that echoes.
 */
final class UpstreamServer implements AutoCloseable {

    /**
     * A request as it arrived.
     *
     * @param method the method
     * @param target path and query, undecoded
     * @param head the header lines
     * @param body the body as text
     */
    record Seen(String method, String target, HttpHead head, String body) {

        List<String> header(String name) {
            return head.header(name);
        }
    }

    final String name;
    final AtomicLong received = new AtomicLong();

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final Map<String, List<String>> answerHeaders = new TreeMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch refusing = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile boolean breaksOff;

    private UpstreamServer(String name, ServerSocket server) {
        this.name = name;
        this.server = server;
    }

    static UpstreamServer named(String name) {
        try {
            UpstreamServer upstream =
                    new UpstreamServer(name, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            upstream.threads.execute(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // closed
        } finally {
            refusing.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new UpstreamExchange(this, socket).run();
        } catch (IOException | InterruptedException e) {
            return; // the proxy has gone, or the test has ended
        } finally {
            open.remove(socket);
        }
    }

    Upstream address() {
        return new Upstream("127.0.0.1", server.getLocalPort());
    }

    /** Answers with this status and this header from now on. */
    void answering(int newStatus, String header, String... values) {
        status = newStatus;
        answerHeaders.put(header, List.of(values));
    }

    int status() {
        return status;
    }

    Map<String, List<String>> answerHeaders() {
        return answerHeaders;
    }

    /** Closes the connection instead of an answer from now on. */
    void breakOff() {
        breaksOff = true;
    }

    boolean breaksOff() {
        return breaksOff;
    }

    void add(Seen request) {
        seen.add(request);
    }

    void awaitRelease() throws InterruptedException {
        released.await();
    }

    /** Lets everything go on that is held. */
    void release() {
        released.countDown();
    }

    /** Waits until so many requests have arrived with all of their body. */
    void awaitRequests(int number) {
        await("requests at module " + name).until(() -> requests() >= number);
    }

    /** Returns the last request that arrived. */
    Seen last() {
        List<Seen> all = new ArrayList<>(seen);
        if (all.isEmpty()) {
            throw new AssertionError("no request has reached module " + name);
        }
        return all.get(all.size() - 1);
    }

    int requests() {
        return seen.size();
    }

    /** Returns when connections are refused: until the thread that accepts them has woken up, they still succeed. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        try {
            refusing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
