package io.a64.examples.router;

import static java.util.stream.Collectors.joining;

import io.a64.Deadline;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A router on any free port, modules behind it, and a client that writes bytes. */
abstract class RouterTestBase {

    final EmbeddedRouter router;
    private final List<Backend> backends = new ArrayList<>();

    RouterTestBase() {
        this(EmbeddedRouter.listening(0));
    }

    RouterTestBase(EmbeddedRouter router) {
        this.router = router;
    }

    @AfterEach
    void closeAll() throws IOException {
        router.close();
        for (Backend backend : backends) {
            backend.close();
        }
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    Backend module(String name) {
        return module(name, Backend.answering(Backend.OK));
    }

    Backend module(String name, Backend backend) {
        return module(name, backend, RouteOptions.defaults());
    }

    Backend module(String name, Backend backend, RouteOptions options) {
        backends.add(backend);
        router.publish(route(name, backend.port(), options), soon());
        return backend;
    }

    /** Publishes a host route. */
    Backend host(String name, HostMatch match) {
        return host(name, match, Backend.answering(Backend.OK), RouteOptions.defaults());
    }

    Backend host(String name, HostMatch match, Backend backend, RouteOptions options) {
        backends.add(backend);
        router.publish(new Route(name, 1, match, List.of(upstream(backend)), options), soon());
        return backend;
    }

    /** Publishes a path route to several modules. */
    void replicas(String name, RouteOptions options, Backend... several) {
        backends.addAll(List.of(several));
        List<Upstream> upstreams =
                Arrays.stream(several).map(RouterTestBase::upstream).toList();
        router.publish(Route.onPath(name, 1, "/" + name + "/", upstreams, options), soon());
    }

    static Upstream upstream(Backend backend) {
        return new Upstream("127.0.0.1", backend.port());
    }

    static Route route(String name, int port, RouteOptions options) {
        return Route.onPath(name, 1, "/" + name + "/", List.of(new Upstream("127.0.0.1", port)), options);
    }

    Socket connect() throws IOException {
        return connect(router.baseUri().getPort());
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    /** Returns a port on which nothing listens. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Sends a request without body and returns the whole answer. */
    String get(String target, String... headers) throws IOException {
        return request("GET", target, headers);
    }

    String request(String method, String target, String... headers) throws IOException {
        String head = lines(method + " " + target + " HTTP/1.1", "Host: example.org:81", "Connection: close");
        return raw(head + Stream.of(headers).map(line -> line + "\r\n").collect(joining()) + "\r\n");
    }

    String raw(String request) throws IOException {
        return raw(router.baseUri().getPort(), request);
    }

    /** Sends a request without body to a public port. */
    static String getAt(int port, String host, String target, String... headers) throws IOException {
        String head = lines("GET " + target + " HTTP/1.1", "Host: " + host, "Connection: close");
        return raw(port, head + Stream.of(headers).map(line -> line + "\r\n").collect(joining()) + "\r\n");
    }

    static String raw(int port, String request) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return readAll(socket.getInputStream());
        }
    }

    static String readAll(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Ends each line as HTTP does; an empty last one ends the head. */
    static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** Returns the values of a header, in order. */
    static List<String> header(String message, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return message.split("\r\n\r\n", 2)[0]
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).trim())
                .toList();
    }

    static String requestLine(String head) {
        return head.lines().findFirst().orElseThrow();
    }
}
