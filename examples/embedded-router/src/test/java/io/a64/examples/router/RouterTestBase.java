package io.a64.examples.router;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;

/** A router on any free port, modules behind it, and a client that writes bytes. */
abstract class RouterTestBase {

    final EmbeddedRouter router = EmbeddedRouter.listening(0);
    private final List<Backend> backends = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        router.close();
        for (Backend backend : backends) {
            backend.close();
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

    static Route route(String name, int port, RouteOptions options) {
        return Route.onPath(name, 1, "/" + name + "/", List.of(new Upstream("127.0.0.1", port)), options);
    }

    Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), router.baseUri().getPort());
        socket.setSoTimeout(15_000);
        return socket;
    }

    /** Sends a request without body and returns the whole answer. */
    String get(String target, String... headers) throws IOException {
        return request("GET", target, headers);
    }

    String request(String method, String target, String... headers) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: example.org:81\r\nConnection: close\r\n"
                + String.join(
                        "", List.of(headers).stream().map(line -> line + "\r\n").toList());
        return raw(head + "\r\n");
    }

    String raw(String request) throws IOException {
        try (Socket socket = connect()) {
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
