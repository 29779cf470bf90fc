package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to NGINX. Numbers in names are those of the list of traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class NginxRouteWriterTest {

    @TempDir
    private Path prefix;

    private NginxUnderTest nginx;
    private NginxRouteWriter writer;
    private HttpServer module;

    @BeforeEach
    void start() throws IOException {
        nginx = NginxUnderTest.start(prefix);
        writer = NginxRouteWriter.using(nginx.settings());
        module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        module.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
    }

    @AfterEach
    void stop() {
        module.stop(0);
        nginx.close();
    }

    private Route route(String name) {
        return Route.onPath(
                name,
                1,
                "/" + name + "/",
                List.of(new Upstream("127.0.0.1", module.getAddress().getPort())),
                RouteOptions.defaults());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private int status(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + nginx.port() + path);
        return HttpProbe.get(uri, soon(), Duration.ofSeconds(5)).status();
    }

    private static RouteException failure(ThrowingCallable call) {
        return catchThrowableOfType(RouteException.class, call);
    }

    @Test
    void anOperatorFindsAFilePerModuleAndFindsItGoneAfterwards() {
        writer.publish(route("shop"), soon());
        Path file = nginx.settings().configDirectory().resolve("modules/shop.conf");
        assertThat(file).content().contains("location ^~ /shop/", "module shop, generation 1");

        writer.remove("shop", soon());

        assertThat(file).doesNotExist();
        assertThat(file.getParent()).isDirectory();
    }

    @Test
    void trap28_aConfigurationThatNginxRefusesLeavesTheOldOneInForceAndNamesTheLine() throws IOException {
        writer.publish(route("shop"), soon());
        Path main = nginx.settings().mainConfiguration();
        Files.writeString(main, Files.readString(main).replace("server_name _;", "server_name _; nonsense on;"));

        RouteException refusal = failure(() -> writer.publish(route("blog"), soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("unknown directive \"nonsense\"");
        assertThat(refusal.evidence()).anyMatch(line -> line.contains("nonsense"));
        assertThat(writer.routes(soon())).containsExactly(route("shop"));
        assertThat(status("/shop/")).isEqualTo(200);
        assertThat(status("/blog/")).isEqualTo(404);
        assertThat(nginx.settings().configDirectory().resolve("modules/blog.conf"))
                .doesNotExist();
    }

    @Test
    void trap31_whatACrashLeftBehindIsOverwrittenAndNginxRestartsWithTheLastGeneration() throws IOException {
        writer.publish(route("shop"), soon());
        Path leftover = nginx.settings().configDirectory().resolve("a64/gen-2/modules");
        Files.createDirectories(leftover);
        Files.writeString(leftover.resolve("half.conf"), "location /ha");
        nginx.close();
        nginx = new NginxUnderTest(
                nginx.settings(),
                NginxProcess.start(prefix, nginx.settings().mainConfiguration(), nginx.port()),
                nginx.port());

        assertThat(status("/shop/")).isEqualTo(200);
        writer.publish(route("blog"), soon());
        assertThat(status("/blog/")).isEqualTo(200);
        assertThat(nginx.settings().configDirectory().resolve("modules/half.conf"))
                .doesNotExist();
    }

    @Test
    void anNginxThatIsDownRefusesAndTheSameCallWorksOnceItIsBack() throws IOException {
        nginx.close();

        assertThat(failure(() -> writer.publish(route("shop"), soon())).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure(() -> writer.ping(soon()))).isNotNull();
        assertThat(writer.routes(soon())).isEmpty();
        assertThat(writer.remove("shop", soon())).isFalse();

        nginx = new NginxUnderTest(
                nginx.settings(),
                NginxProcess.start(prefix, nginx.settings().mainConfiguration(), nginx.port()),
                nginx.port());
        writer.publish(route("shop"), soon());
        assertThat(status("/shop/")).isEqualTo(200);
    }

    @Test
    void trap36_manyChangesShareFewReloadsAndAllAreLive() throws Exception {
        int crowd = 50;
        ExecutorService threads = Executors.newFixedThreadPool(crowd);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                Route route = route("module-" + i);
                all.add(threads.submit(() -> writer.publish(route, soon())));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < crowd; i++) {
            assertThat(status("/module-" + i + "/")).isEqualTo(200);
        }
        assertThat(writer.reloads()).isBetween(1L, 4L);
    }

    @Test
    void trap50_theSameRoutesAreTheSameBytesAndNoReload() throws IOException {
        writer.publish(route("shop"), soon());
        long reloads = writer.reloads();
        List<String> files = tree();

        writer.publish(route("shop"), soon());

        assertThat(writer.reloads()).isEqualTo(reloads);
        assertThat(tree()).isEqualTo(files);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(nginx.settings().configDirectory())) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    @Test
    void aRouteThatNginxHasForgottenIsBroughtBackByPublishingItAgain() throws IOException {
        writer.publish(route("shop"), soon());
        long reloads = writer.reloads();
        Path current = nginx.settings().configDirectory().resolve("a64/current");
        Path generation = Files.readSymbolicLink(current);
        Files.delete(current);
        nginx.close();
        nginx = new NginxUnderTest(
                nginx.settings(),
                NginxProcess.start(prefix, nginx.settings().mainConfiguration(), nginx.port()),
                nginx.port());
        Files.createSymbolicLink(current, generation);
        assertThat(status("/shop/")).isEqualTo(404);

        writer.publish(route("shop"), soon());

        assertThat(status("/shop/")).isEqualTo(200);
        assertThat(writer.reloads()).isEqualTo(reloads + 1);
    }

    @Test
    void foreignFilesInTheModulesDirectoryAreNotTouched() throws IOException {
        Path foreign = nginx.settings().configDirectory().resolve("modules/mine.conf");
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "# mine");

        RouteException refusal = failure(() -> writer.publish(route("shop"), soon()));

        assertThat(refusal).hasMessageContaining("mine.conf");
        assertThat(foreign).hasContent("# mine");
        assertThat(status("/shop/")).isEqualTo(404);
    }

    @Test
    void numbersAreWrittenForNginxWhateverTheLanguageOfThePlatform() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            writer.publish(
                    Route.onPath(
                            "shop",
                            1,
                            "/shop/",
                            List.of(new Upstream("::1", 20001)),
                            RouteOptions.builder()
                                    .maxBodyBytes(10485760)
                                    .readTimeout(Duration.ofSeconds(61))
                                    .build()),
                    soon());
        } finally {
            Locale.setDefault(before);
        }
        assertThat(nginx.settings().configDirectory().resolve("a64/current/http.conf"))
                .content()
                .contains("server [::1]:20001 ");
        assertThat(nginx.settings().configDirectory().resolve("modules/shop.conf"))
                .content()
                .contains("client_max_body_size 10485760;", "proxy_read_timeout 61000ms;")
                .doesNotContain("X-XSS-Protection");
    }

    @Test
    void trap15_aWebsocketTalksThroughTheRouteUnlessTheRouteForbidsIt() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Upstream upstream = new Upstream("127.0.0.1", server.getLocalPort());
            writer.publish(Route.onPath("chat", 1, "/chat/", List.of(upstream), RouteOptions.defaults()), soon());

            assertThat(upgrade(server, "/chat/")).isEqualTo("echo of hello");

            RouteOptions closed = RouteOptions.builder()
                    .websocket(false)
                    .maxBodyBytes(1024)
                    .readTimeout(Duration.ofSeconds(5))
                    .build();
            writer.publish(Route.onPath("chat", 2, "/chat/", List.of(upstream), closed), soon());
            assertThat(upgrade(server, "/chat/")).isEqualTo("no upgrade asked for");
        }
    }

    /** Asks for a WebSocket and returns what comes back over it. */
    private String upgrade(ServerSocket server, String path) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), nginx.port())) {
            Future<?> module = thread.submit(() -> echoOnce(server));
            client.setSoTimeout(5000);
            client.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String status = in.readLine();
            if (status == null || !status.contains("101")) {
                module.get();
                return "no upgrade asked for";
            }
            readHead(in);
            client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            return in.readLine();
        } finally {
            thread.shutdownNow();
        }
    }

    private static Void echoOnce(ServerSocket server) throws IOException {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            boolean asked = readHead(in).contains("upgrade: websocket");
            String answer = asked
                    ? "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                    : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            if (asked) {
                String line = "echo of " + in.readLine() + "\n";
                socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            }
            return null;
        }
    }

    private static List<String> readHead(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line.toLowerCase(Locale.ROOT));
        }
        return lines;
    }

    @Test
    void aHealthRouteThatIsAnotherModulesPathIsAConflict() {
        writer.publish(route("shop"), soon());
        Route below = Route.onPath("sly", 1, "/shop/health/", route("shop").upstreams(), RouteOptions.defaults());

        assertThat(failure(() -> writer.publish(below, soon())).kind()).isEqualTo(FailureKind.CONFLICT);
    }

    @Test
    void theGenerationIsToldToThisMachineOnly() throws IOException {
        writer.publish(route("shop"), soon());

        assertThat(status("/__a64/generation")).isEqualTo(200);
        assertThat(nginx.settings().configDirectory().resolve("a64/current/server.conf"))
                .content()
                .contains("if ($a64_self != 1)");
    }
}
