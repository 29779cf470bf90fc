package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An NGINX that cannot do what it is told: a typed failure in time, the old routes wherever NGINX still lives, and the
 * same call works once the cause is gone.
 */
@RequiresService(Service.NGINX)
final class NginxFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path prefix;

    private NginxUnderTest nginx;
    private NginxRouteWriter writer;
    private HttpServer module;

    @BeforeEach
    void start() throws IOException {
        nginx = NginxUnderTest.start(prefix);
        writer = NginxRouteWriter.using(nginx.settings());
        module = answering(0);
        writer.publish(route("shop"), soon());
    }

    @AfterEach
    void stop() {
        module.stop(0);
        nginx.close();
    }

    private static HttpServer answering(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Deadline soon() {
        return Deadline.after(PATIENCE);
    }

    private Route route(String name) {
        return route(name, module);
    }

    private static Route route(String name, HttpServer server) {
        Upstream upstream = new Upstream("127.0.0.1", server.getAddress().getPort());
        return Route.onPath(name, 1, "/" + name + "/", List.of(upstream), RouteOptions.defaults());
    }

    private int status(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + nginx.port() + path);
        return HttpProbe.get(uri, soon(), Duration.ofSeconds(5)).status();
    }

    private RouteException refusal() {
        Deadline deadline = soon();
        RouteException refusal =
                catchThrowableOfType(RouteException.class, () -> writer.publish(route("blog"), deadline));
        assertThat(refusal).as("what publishing fails with").isNotNull();
        assertThat(deadline.remaining())
                .as("what is left of the time after a refusal")
                .isGreaterThan(PATIENCE.dividedBy(2));
        return refusal;
    }

    private void assertOldRoutesLive() throws IOException {
        assertThat(writer.routes(soon())).containsExactly(route("shop"));
        assertThat(status("/shop/")).isEqualTo(200);
        assertThat(status("/blog/")).isEqualTo(404);
    }

    private void assertRecovered() throws IOException {
        writer.publish(route("blog"), soon());

        assertThat(status("/shop/")).isEqualTo(200);
        assertThat(status("/blog/")).isEqualTo(200);
    }

    private void restart() {
        nginx = new NginxUnderTest(
                nginx.settings(),
                NginxProcess.start(prefix, nginx.settings().mainConfiguration(), nginx.port()),
                nginx.port());
    }

    private String edit(String from, String to) throws IOException {
        Path main = nginx.settings().mainConfiguration();
        String before = Files.readString(main);
        assertThat(before).contains(from);
        Files.writeString(main, before.replace(from, to));
        return before;
    }

    @Test
    @DisplayName("trap 30: a listener that another process holds is refused by the master alone, in NGINX's own words")
    void listenerTaken() throws IOException {
        String before;
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            before = edit("server_name _;", "listen 127.0.0.1:" + foreign.getLocalPort() + "; server_name _;");

            RouteException refusal = refusal();

            assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(refusal.evidence()).anyMatch(line -> line.contains("Address already in use"));
            assertThat(refusal.getSuppressed()).isEmpty();
            assertOldRoutesLive();
        }
        Files.writeString(nginx.settings().mainConfiguration(), before);
        assertRecovered();
    }

    @Test
    @DisplayName("trap 30: a limit whose key has changed is refused by the master alone")
    void limitKeyChanged() throws IOException {
        String limit = "limit_req_zone $remote_addr zone=operators:64k rate=1r/s;\n    server {";
        edit("    server {", limit);
        writer.publish(route("other"), soon());
        writer.remove("other", soon());
        String before = edit("limit_req_zone $remote_addr", "limit_req_zone $uri");

        RouteException refusal = refusal();

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refusal.evidence()).anyMatch(line -> line.contains("while previously it used"));
        assertOldRoutesLive();
        Files.writeString(nginx.settings().mainConfiguration(), before);
        assertRecovered();
    }

    @Test
    @DisplayName("trap 30: a listener that turns from one address to all is refused by the master alone")
    void listenerWidened() throws IOException {
        String before = edit("listen 127.0.0.1:" + nginx.port(), "listen " + nginx.port());

        RouteException refusal = refusal();

        assertThat(refusal).hasMessageContaining("does not serve generation");
        assertOldRoutesLive();
        Files.writeString(nginx.settings().mainConfiguration(), before);
        assertRecovered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkfifo x.conf", "mkdir x.conf", "ln -s nowhere x.conf"})
    @DisplayName(
            "trap 34: what an operator's include matches and is no file is named at once, before NGINX hangs at it")
    void noFile(String command) throws Exception {
        Path folder = Files.createDirectories(prefix.resolve("sites"));
        edit("    server {", "    include sites/*.conf;\n    server {");
        Process made = new ProcessBuilder(List.of(command.split(" ")))
                .directory(folder.toFile())
                .start();
        assertThat(made.waitFor()).isZero();

        RouteException refusal = refusal();

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining(folder.resolve("x.conf").toString());
        assertOldRoutesLive();
        Files.delete(folder.resolve("x.conf"));
        assertRecovered();
    }

    @Test
    @DisplayName(
            "trap 34: a FIFO that NGINX reaches by another way than an include holds nobody up beyond the deadline")
    void fifoElsewhere() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", prefix.resolve("users").toString())
                        .start()
                        .waitFor())
                .isZero();
        String before = edit("server_name _;", "server_name _; ssl_certificate users; ssl_certificate_key users;");
        Deadline deadline = Deadline.after(Duration.ofSeconds(3));

        RouteException refusal =
                catchThrowableOfType(RouteException.class, () -> writer.publish(route("blog"), deadline));

        assertThat(refusal.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertOldRoutesLive();
        Files.writeString(nginx.settings().mainConfiguration(), before);
        assertRecovered();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a number", "1", "4194304", "-1", "99999999999999999999"})
    @DisplayName("trap 35: no signal goes to whatever an empty, broken, stale or foreign pid file names")
    void pidFile(String pid) throws IOException {
        Path file = prefix.resolve("nginx.pid");
        String right = Files.readString(file);
        Files.writeString(file, pid);

        RouteException refusal = refusal();

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("NGINX is not running").hasMessageContaining(file.toString());
        assertOldRoutesLive();
        Files.writeString(file, right);
        assertRecovered();
    }

    @Test
    @DisplayName("trap 35: a pid file that is a FIFO is not waited for")
    void pidFifo() throws Exception {
        Path file = prefix.resolve("nginx.pid");
        String right = Files.readString(file);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();

        assertThat(refusal()).hasMessageContaining("there is no pid file");

        Files.delete(file);
        Files.writeString(file, right);
        assertRecovered();
    }

    @Test
    @DisplayName("trap 41: a module that is gone costs its own route only, and its new address is served at once")
    void moduleMoves() throws IOException {
        HttpServer other = answering(0);
        writer.publish(route("other", other), soon());
        other.stop(0);
        assertThat(status("/other/")).isEqualTo(502);
        assertThat(status("/shop/")).isEqualTo(200);

        other = answering(0);
        writer.publish(route("other", other), soon());

        assertThat(status("/other/")).isEqualTo(200);
        other.stop(0);
    }

    @Test
    @DisplayName("trap 41: nothing that we write needs a name server, so none that is down is in the way of a reload")
    void noNames() throws IOException {
        for (String file : List.of("http.conf", "server.conf", "modules/shop.conf")) {
            assertThat(nginx.settings().configDirectory().resolve("a64/current").resolve(file))
                    .content()
                    .doesNotContain("resolver", "localhost")
                    .doesNotContainPattern("server [a-z]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "module.internal", "a64-shop", "127.1", "0x7f000001", "unix:/run/x", ""})
    @DisplayName("trap 42: a name is no address of a module, so that none is ever looked up by NGINX")
    void names(String name) {
        assertThatCode(() -> new Upstream(name, 8080)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("an NGINX whose master was killed goes on answering by its workers, and is not called live")
    void masterKilled() throws Exception {
        ProcessHandle master = ProcessHandle.of(nginx.process().pid()).orElseThrow();
        List<ProcessHandle> orphans = master.children().toList();
        master.destroyForcibly();
        master.onExit().get(10, TimeUnit.SECONDS);

        RouteException refusal = refusal();

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(catchThrowableOfType(RouteException.class, () -> writer.ping(soon()))
                        .kind())
                .isEqualTo(FailureKind.UNAVAILABLE);
        assertOldRoutesLive();
        for (ProcessHandle orphan : orphans) {
            orphan.destroyForcibly();
            orphan.onExit().get(10, TimeUnit.SECONDS);
        }
        restart();
        assertRecovered();
    }

    @Test
    @DisplayName("a binary that is missing is named, and costs nothing else")
    void binaryMissing() throws IOException {
        Path binary = Files.createSymbolicLink(prefix.resolve("bin-nginx"), Service.nginxBinary());
        writer = NginxRouteWriter.using(nginx.settings().withBinary(binary.toString()));
        Files.delete(binary);

        RouteException refusal = refusal();

        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining(binary.toString());
        assertOldRoutesLive();
        Files.createSymbolicLink(binary, Service.nginxBinary());
        assertRecovered();
    }

    @Test
    @DisplayName("a process that has taken NGINX's place at its port is not taken for it")
    void portTaken() throws IOException {
        nginx.close();
        HttpServer foreign = answering(nginx.port());
        try {
            assertThat(refusal().kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(catchThrowableOfType(RouteException.class, () -> writer.prove(route("shop"), soon())))
                    .isNotNull();
            assertThat(writer.routes(soon())).containsExactly(route("shop"));
        } finally {
            foreign.stop(0);
        }
        restart();
        assertRecovered();
    }
}
