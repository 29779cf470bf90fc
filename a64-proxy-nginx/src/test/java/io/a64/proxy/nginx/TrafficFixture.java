package io.a64.proxy.nginx;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An NGINX of the test's own, and a module that remembers the headers of the requests that reach it. */
abstract class TrafficFixture {

    @TempDir
    Path prefix;

    NginxUnderTest nginx;
    HttpServer module;
    final BlockingQueue<Map<String, List<String>>> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    final void startBoth() throws IOException {
        nginx = NginxUnderTest.start(prefix);
        module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        module.createContext("/", exchange -> {
            seen.add(Map.copyOf(exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
    }

    @AfterEach
    final void stopBoth() {
        module.stop(0);
        nginx.close();
    }

    final NginxRouteWriter writer(NginxTraffic traffic) {
        return NginxRouteWriter.using(nginx.settings().withTraffic(traffic));
    }

    final Route route(String name, RouteOptions options) {
        Upstream upstream = new Upstream("127.0.0.1", module.getAddress().getPort());
        return Route.onPath(name, 1, "/" + name + "/", List.of(upstream), options);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    /** Returns everything that comes back over a connection of its own. */
    final String get(String target, String... headers) throws IOException {
        return getFrom("127.0.0.1", nginx.port(), target, headers);
    }

    /** Asks from a certain address of this machine. */
    static String getFrom(String client, int port, String target, String... headers) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(client, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            socket.setSoTimeout(10_000);
            String lines = String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "");
            String request = "GET " + target + " HTTP/1.1\r\nHost: t.example\r\nConnection: close\r\n" + lines + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
