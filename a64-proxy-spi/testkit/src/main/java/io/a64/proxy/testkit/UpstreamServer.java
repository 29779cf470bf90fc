package io.a64.proxy.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A module's stand-in: answers with its name, and remembers each request as it arrived. */
final class UpstreamServer implements AutoCloseable {

    /**
     * A request as it arrived.
     *
     * @param method the method
     * @param target path and query, undecoded
     * @param headers the values of each header by its name in lower case
     * @param body the body as text
     */
    record Seen(String method, String target, Map<String, List<String>> headers, String body) {

        List<String> header(String name) {
            return headers.getOrDefault(name, List.of());
        }
    }

    private final String name;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final Map<String, List<String>> answerHeaders = new TreeMap<>();
    private volatile int status = 200;

    private UpstreamServer(String name, HttpServer server) {
        this.name = name;
        this.server = server;
    }

    static UpstreamServer named(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
            UpstreamServer upstream = new UpstreamServer(name, server);
            server.setExecutor(upstream.threads);
            server.createContext("/", upstream::answer);
            server.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((header, values) -> headers.put(header.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(new Seen(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
            answerHeaders.forEach(
                    (header, values) -> exchange.getResponseHeaders().put(header, values));
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    Upstream address() {
        return new Upstream("127.0.0.1", server.getAddress().getPort());
    }

    /** Answers with this status and this header from now on. */
    void answering(int newStatus, String header, String... values) {
        status = newStatus;
        answerHeaders.put(header, List.of(values));
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

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
