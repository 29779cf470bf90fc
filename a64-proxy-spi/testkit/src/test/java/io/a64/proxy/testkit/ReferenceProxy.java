package io.a64.proxy.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small correct writer with a proxy of its own; subclasses plant one fault each. */
class ReferenceProxy implements RouteWriter {

    private static final Set<String> HOP = Set.of(
            "connection",
            "host",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "forwarded",
            "proxy",
            "x-forwarded-for",
            "x-real-ip",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final SortedMap<String, Route> routes = new TreeMap<>();

    ReferenceProxy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public synchronized void publish(Route route, Deadline deadline) {
        requireTime(route.module(), deadline);
        requireFree(route);
        routes.put(route.module(), route);
    }

    void requireFree(Route route) {
        for (Route other : routes.values()) {
            if (other.path().equals(route.path()) && !other.module().equals(route.module())) {
                throw RouteException.pathHeld(route, other.module());
            }
        }
    }

    static void requireTime(String module, Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new RouteException(FailureKind.DEADLINE_EXCEEDED, module, "too late", List.of(), null);
        }
    }

    @Override
    public synchronized boolean remove(String module, Deadline deadline) {
        requireTime(module, deadline);
        return routes.remove(module) != null;
    }

    @Override
    public synchronized List<Route> routes(Deadline deadline) {
        return List.copyOf(routes.values());
    }

    @Override
    public void prove(Route route, Deadline deadline) {
        try {
            int status = HttpProbe.get(baseUri().resolve(route.path() + "health"), deadline, Duration.ofSeconds(2))
                    .status();
            if (status == 502 || !routes(deadline).contains(route)) {
                throw new RouteException(FailureKind.UNAVAILABLE, route.module(), "HTTP " + status, List.of(), null);
            }
        } catch (IOException e) {
            throw new RouteException(FailureKind.UNAVAILABLE, route.module(), "no answer", List.of(), e);
        }
    }

    @Override
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            Headers out = exchange.getResponseHeaders();
            secure(out);
            String path = normalised(asked.getRawPath());
            String query = query(asked);
            Optional<Route> redirected =
                    find(path + "/").filter(route -> route.path().equals(path + "/"));
            Optional<Route> route = find(path);
            if (redirected.isPresent()
                    && route.filter(found -> !found.equals(redirected.get())).isEmpty()) {
                out.set("Location", path + "/" + query);
                exchange.sendResponseHeaders(308, -1);
            } else if (route.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                forward(exchange, route.get(), path, query);
            }
        }
    }

    String query(URI asked) {
        return asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    }

    void secure(Headers out) {
        out.set("X-Content-Type-Options", "nosniff");
        out.set("X-Frame-Options", "SAMEORIGIN");
    }

    private static String normalised(String path) {
        return URI.create("http://x" + path.replaceAll("/+", "/")).normalize().getRawPath();
    }

    synchronized Optional<Route> find(String path) {
        return routes.values().stream()
                .filter(route -> path.startsWith(route.path()))
                .max((a, b) -> Integer.compare(a.path().length(), b.path().length()));
    }

    private void forward(HttpExchange exchange, Route route, String path, String query) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (body.length > route.options().maxBodyBytes()) {
            exchange.sendResponseHeaders(413, -1);
            return;
        }
        Upstream upstream = route.upstreams().get(0);
        String target = path.substring(route.path().length() - 1) + query;
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + upstream.hostPort() + target).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(exchange.getRequestMethod());
        requestHeaders(exchange, route, connection);
        try {
            if (body.length > 0) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body);
            }
            pass(exchange, route, connection);
        } catch (ConnectException e) {
            exchange.sendResponseHeaders(502, -1);
        }
    }

    private void requestHeaders(HttpExchange exchange, Route route, HttpURLConnection connection) {
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                connection.setRequestProperty(name, values.get(0));
            }
        });
        connection.setRequestProperty("X-Forwarded-For", client(exchange));
        connection.setRequestProperty("X-Real-IP", "127.0.0.1");
        connection.setRequestProperty("X-Forwarded-Proto", "http");
        connection.setRequestProperty("X-Forwarded-Host", "127.0.0.1");
        connection.setRequestProperty(
                "X-Forwarded-Port", Integer.toString(server.getAddress().getPort()));
        connection.setRequestProperty(
                "X-Forwarded-Prefix", route.path().substring(0, route.path().length() - 1));
    }

    String client(HttpExchange exchange) {
        return "127.0.0.1";
    }

    private static void pass(HttpExchange exchange, Route route, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String location = connection.getHeaderField("Location");
        if (location != null) {
            exchange.getResponseHeaders().set("Location", prefixed(location, route.path()));
        }
        String cookie = connection.getHeaderField("Set-Cookie");
        if (cookie != null) {
            int at = cookie.indexOf("Path=");
            exchange.getResponseHeaders()
                    .set(
                            "Set-Cookie",
                            at < 0
                                    ? cookie
                                    : cookie.substring(0, at + 5) + prefixed(cookie.substring(at + 5), route.path()));
        }
        try (InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] body = stream == null ? new byte[0] : stream.readAllBytes();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String prefixed(String path, String prefix) {
        boolean ours = path.startsWith("/") && !path.startsWith("//") && !path.startsWith(prefix);
        return ours ? prefix + path.substring(1) : path;
    }
}
