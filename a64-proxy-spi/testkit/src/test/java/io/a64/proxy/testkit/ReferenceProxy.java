package io.a64.proxy.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.a64.proxy.Route;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A proxy that does what the contract says in as few lines as possible. Planted faults override one method each. */
class ReferenceProxy implements AutoCloseable {

    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "date",
            "forwarded",
            "host",
            "http2-settings",
            "proxy",
            "transfer-encoding",
            "upgrade",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-real-ip");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ReentrantLock change = new ReentrantLock();
    private volatile SortedMap<String, Route> routes = new TreeMap<>();
    private volatile List<Route> served = List.of();

    ReferenceProxy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    final URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    final List<Route> routes() {
        return List.copyOf(routes.values());
    }

    /** Edits the routes by module and serves the result; an edit that throws changes nothing. */
    final void change(Consumer<SortedMap<String, Route>> edit) {
        change.lock();
        try {
            SortedMap<String, Route> next = new TreeMap<>(routes);
            edit.accept(next);
            routes = next;
            serve(routes());
        } finally {
            change.unlock();
        }
    }

    void serve(List<Route> next) {
        served = next;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            Headers headers = exchange.getResponseHeaders();
            fields(answer).forEach(field -> headers.add(field.get(0), field.get(1)));
            secure(headers);
            byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    void secure(Headers headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "SAMEORIGIN");
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String path = normalised(asked.getRawPath());
        List<Route> now = served;
        if (now.stream().anyMatch(route -> route.match().path().equals(path + "/"))) {
            return own(308, "Location: " + path + "/" + query(asked));
        }
        Optional<Route> route = now.stream()
                .filter(one -> matches(one, path))
                .max(Comparator.comparingInt(one -> one.match().path().length()));
        return route.isPresent() ? forwarded(exchange, route.get(), path) : own(404);
    }

    boolean matches(Route route, String path) {
        return path.startsWith(route.match().path());
    }

    String stripped(String path, String prefix) {
        return path.substring(prefix.length());
    }

    private static String normalised(String path) {
        return URI.create(path.replaceAll("/{2,}", "/")).normalize().toString();
    }

    String query(URI asked) {
        return asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    }

    private Answer forwarded(HttpExchange exchange, Route route, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (isTooLong(exchange.getRequestHeaders(), body, route)) {
            return own(413);
        }
        String prefix = route.match().path().substring(0, route.match().path().length() - 1);
        Answer answer;
        try {
            answer = RawHttp.send(
                    URI.create("http://" + route.upstreams().get(0).hostPort()),
                    exchange.getRequestMethod(),
                    stripped(path, prefix) + query(exchange.getRequestURI()),
                    new String(body, StandardCharsets.ISO_8859_1),
                    requestHeaders(exchange, prefix));
        } catch (AssertionError e) {
            return own(502);
        }
        return new Answer(answer.status(), mapped(answer.headers(), prefix), answer.body());
    }

    boolean isTooLong(Headers asked, byte[] body, Route route) {
        return body.length > route.options().maxBodyBytes();
    }

    private String[] requestHeaders(HttpExchange exchange, String prefix) {
        Headers asked = exchange.getRequestHeaders();
        List<String> lines = new ArrayList<>();
        asked.forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> lines.add(name + ": " + value));
            }
        });
        String peer = exchange.getRemoteAddress().getAddress().getHostAddress();
        lines.add("X-Real-IP: " + peer);
        lines.add("X-Forwarded-For: " + forwardedFor(asked, peer));
        lines.add("X-Forwarded-Proto: http");
        lines.add("X-Forwarded-Host: " + baseUri().getHost());
        lines.add("X-Forwarded-Port: " + baseUri().getPort());
        lines.add("X-Forwarded-Prefix: " + prefix);
        return lines.toArray(String[]::new);
    }

    String forwardedFor(Headers asked, String peer) {
        return peer;
    }

    List<String> mapped(List<String> headers, String prefix) {
        return headers.stream()
                .map(line -> line.replaceFirst("(?i)^(location: )(?!//|" + prefix + "/)/", "$1" + prefix + "/"))
                .map(line ->
                        line.replaceFirst("(?i)^(set-cookie: .*; *path=)(?!" + prefix + "/)/", "$1" + prefix + "/"))
                .toList();
    }

    private static List<List<String>> fields(Answer answer) {
        return answer.headers().stream()
                .map(line -> {
                    int colon = line.indexOf(':');
                    return List.of(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                })
                .filter(field -> !NOT_PASSED_ON.contains(field.get(0).toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Returns an answer of the proxy itself, with a body by which it is told from an answer of the module. */
    static Answer own(int status, String... headers) {
        return new Answer(status, List.of(headers), "the proxy says " + status);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
