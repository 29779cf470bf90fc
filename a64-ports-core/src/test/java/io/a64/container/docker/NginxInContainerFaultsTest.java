package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An NGINX in a container that cannot do what it is told: as on this machine, a typed failure in time, and recovery. */
@RequiresService(Service.NGINX_IMAGE)
final class NginxInContainerFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private NginxContainer nginx;
    private DockerCommandRunner runner;
    private NginxRouteWriter writer;
    private HttpServer module;

    @BeforeEach
    void start() throws IOException {
        module = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        module.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        module.start();
        nginx = NginxContainer.onHostNetwork(folder, Path.of("/routes"));
        runner = nginx.runner();
        writer = nginx.writer(runner);
        writer.publish(route("shop"), soon());
    }

    @AfterEach
    void stop() {
        runner.close();
        nginx.close();
        module.stop(0);
    }

    private static Deadline soon() {
        return Deadline.after(PATIENCE);
    }

    private Route route(String name) {
        Upstream upstream = new Upstream("127.0.0.1", module.getAddress().getPort());
        return Route.onPath(name, 1, "/" + name + "/", List.of(upstream), RouteOptions.defaults());
    }

    private void inside(String script) {
        assertThat(runner.run(List.of("/bin/sh", "-c", script), soon()).exitCode())
                .isZero();
    }

    private RouteException refusal() {
        Deadline deadline = soon();
        RouteException refusal =
                catchThrowableOfType(RouteException.class, () -> writer.publish(route("blog"), deadline));
        assertThat(refusal).as("what publishing fails with").isNotNull();
        assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(deadline.remaining())
                .as("what is left of the time after a refusal")
                .isGreaterThan(PATIENCE.dividedBy(2));
        return refusal;
    }

    private void assertOldRoutesLive() throws IOException {
        assertThat(writer.routes(soon())).containsExactly(route("shop"));
        assertThat(nginx.status("/shop/")).isEqualTo(200);
        assertThat(nginx.status("/blog/")).isEqualTo(404);
    }

    private void assertRecovered() throws IOException {
        writer.publish(route("blog"), soon());

        assertThat(nginx.status("/shop/")).isEqualTo(200);
        assertThat(nginx.status("/blog/")).isEqualTo(200);
    }

    /** The file is a mount of its own, so it has to stay the same one. */
    private String edit(String from, String to) throws IOException {
        String before = Files.readString(nginx.mainConfiguration());
        assertThat(before).contains(from);
        Files.writeString(nginx.mainConfiguration(), before.replace(from, to));
        return before;
    }

    @Test
    @DisplayName("a directive that NGINX refuses is named with the operator's file as NGINX sees it")
    void refusedByTheTest() throws IOException {
        String before = edit("server_name _;", "server_name _; nonsense on;");

        RouteException refusal = refusal();

        assertThat(refusal).hasMessageContaining("unknown directive \"nonsense\" in /etc/nginx/nginx.conf:");
        assertOldRoutesLive();
        Files.writeString(nginx.mainConfiguration(), before);
        assertRecovered();
        assertThat(runner.run(List.of("ls", "-a", "/etc/nginx"), soon()).output())
                .doesNotContain("a64-test");
    }

    @Test
    @DisplayName("trap 30: what the master alone refuses is shown in its own words, from the container's output")
    void refusedByTheMaster() throws IOException {
        String before;
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            before = edit("server_name _;", "listen 127.0.0.1:" + foreign.getLocalPort() + "; server_name _;");

            assertThat(refusal().evidence()).anyMatch(line -> line.contains("Address already in use"));
            assertOldRoutesLive();
        }
        Files.writeString(nginx.mainConfiguration(), before);
        assertRecovered();
    }

    @Test
    @DisplayName("trap 34: a FIFO among the container's files is named at once")
    void fifo() throws IOException {
        edit("    server {", "    include conf.d/*.conf;\n    server {");
        inside("mkfifo /etc/nginx/conf.d/x.conf");

        assertThat(refusal()).hasMessageContaining("/etc/nginx/conf.d/x.conf");
        assertOldRoutesLive();
        inside("rm /etc/nginx/conf.d/x.conf");
        assertRecovered();
    }

    @Test
    @DisplayName("trap 35: no signal goes to what a pid file names that is not NGINX")
    void pidFile() throws IOException {
        for (String content : List.of("", "abc", "99999", "$$")) {
            inside("cp=$(cat /run/nginx.pid); echo \"$cp\" >/tmp/right; echo \"" + content + "\" >/run/nginx.pid");

            assertThat(refusal()).hasMessageContaining("NGINX is not running").hasMessageContaining("/run/nginx.pid");
            assertOldRoutesLive();
            inside("cat /tmp/right >/run/nginx.pid");
        }
        assertRecovered();
    }

    @Test
    @DisplayName("trap 41: a container that is paused, stopped or away is told as such, and the same call works later")
    void containerAway() throws IOException {
        nginx.docker().client().pauseContainerCmd(nginx.name()).exec();
        assertThat(refusal()).hasMessageContaining(nginx.name());
        nginx.docker().client().unpauseContainerCmd(nginx.name()).exec();

        nginx.docker().client().stopContainerCmd(nginx.name()).withTimeout(1).exec();
        assertThat(refusal()).hasMessageContaining("is not running");

        nginx.remove();
        assertThat(refusal()).hasMessageContaining(nginx.name());
        assertThat(writer.routes(soon())).containsExactly(route("shop"));

        nginx.start();
        assertThat(nginx.status("/shop/")).isEqualTo(200);
        assertRecovered();
    }
}
