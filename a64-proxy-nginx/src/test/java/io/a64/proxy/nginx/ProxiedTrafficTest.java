package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What NGINX makes of requests, byte for byte. Numbers are those of the list of traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class ProxiedTrafficTest {

    @TempDir
    private Path prefix;

    private NginxUnderTest nginx;
    private NginxRouteWriter writer;
    private HttpServer module;
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        nginx = NginxUnderTest.start(prefix);
        writer = NginxRouteWriter.using(nginx.settings());
    }

    @AfterEach
    void stop() {
        module.stop(0);
        nginx.close();
    }

    private void publishApp(String address) throws IOException {
        module = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 50);
        module.createContext("/", exchange -> {
            connections.add(exchange.getRemoteAddress());
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().keySet().stream().sorted().toList());
            exchange.getResponseHeaders().set("X-Accel-Redirect", "/secret/file");
            exchange.sendResponseHeaders(200, 0);
            exchange.close();
        });
        module.start();
        Upstream upstream = new Upstream(address, module.getAddress().getPort());
        writer.publish(
                Route.onPath("app", 1, "/app/", List.of(upstream), RouteOptions.defaults()),
                Deadline.after(Duration.ofSeconds(30)));
    }

    /** Returns everything that comes back over a connection of its own. */
    private String get(String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.port())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + target + " HTTP/1.1\r\nHost: t.example\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({"/app/a%2Fb, /a/b", "/z/../app/x, /x", "//app/x, /x", "/%61pp/x, /x", "/app/health/ready, /health/ready"
    })
    void traps3To6And19_pathsArriveNormalised(String asked, String arrives) throws IOException {
        publishApp("127.0.0.1");

        assertThat(get(asked)).startsWith("HTTP/1.1 200");
        assertThat(seen.poll()).startsWith(arrives + " ");
    }

    @Test
    void trap7_aPathCannotSmuggleAHeader() throws IOException {
        publishApp("127.0.0.1");

        get("/app/x%20HTTP/1.1%0d%0aX-Evil:%201");

        assertThat(seen.poll()).startsWith("/x%20HTTP/1.1%0D%0AX-Evil:%201 ").doesNotContain("X-evil");
    }

    @Test
    void trap8_aLineFeedAfterTheNameIsNotFoundAndComesBackInNoHeader() throws IOException {
        publishApp("127.0.0.1");

        assertThat(get("/app%0a")).startsWith("HTTP/1.1 404").doesNotContain("Location");
    }

    @Test
    void trap16_requestsInARowShareOneConnectionToTheModule() throws IOException {
        publishApp("127.0.0.1");

        for (int i = 0; i < 4; i++) {
            get("/app/");
        }

        // One per worker at most; without keepalive it would be one per request.
        assertThat(seen).hasSize(4);
        assertThat(connections)
                .hasSizeLessThanOrEqualTo(Math.min(3, Runtime.getRuntime().availableProcessors()));
    }

    @Test
    void trap25_aModuleCannotMakeNginxServeAnInternalFile() throws IOException {
        Files.writeString(Files.createDirectories(prefix.resolve("secret")).resolve("file"), "SECRET");
        Path main = nginx.settings().mainConfiguration();
        String internal = "location /secret/ { internal; root " + prefix + "; }\n        location / {";
        Files.writeString(main, Files.readString(main).replace("location / {", internal));
        publishApp("127.0.0.1");

        assertThat(get("/app/")).startsWith("HTTP/1.1 200").doesNotContain("SECRET", "X-Accel-Redirect");
    }

    @Test
    void trap37_noneOf200ConnectionsMeetsTheFormerGeneration() throws IOException {
        publishApp("127.0.0.1");
        int former = module.getAddress().getPort();
        HttpServer old = module;
        publishApp("127.0.0.1");
        old.stop(0);
        assertThat(module.getAddress().getPort()).isNotEqualTo(former);

        for (int i = 0; i < 200; i++) {
            assertThat(get("/app/")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aModuleMayHaveAnIpv6Address() throws IOException {
        publishApp("::1");

        assertThat(get("/app/")).startsWith("HTTP/1.1 200");
    }
}
