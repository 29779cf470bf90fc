package io.a64.proxy.nginx.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.LocalMachine;
import io.a64.proxy.nginx.internal.control.RunningNginx;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.Withheld;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ports are free for NGINX, with real sockets. Numbers are those of the traps in the research on NGINX. */
final class ListenPortsTest {

    private final RunningNginx nginx =
            new RunningNginx(new LocalMachine(), "nginx", Path.of("/nowhere/nginx.conf"), Optional.empty());
    private ServerSocket foreign;

    @BeforeEach
    void hold() throws IOException {
        foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void giveBack() throws IOException {
        foreign.close();
    }

    private static Route route(RouteMatch match) {
        return new Route("shop", 1, match, List.of(new Upstream("127.0.0.1", 9000)), RouteOptions.defaults());
    }

    private static Route onPort(int port) {
        return route(new HostMatch("shop.localhost", port, "/"));
    }

    private static Optional<Generation> generation(Route route) {
        SortedMap<String, Withheld> none = new TreeMap<>();
        return Optional.of(new Generation(1, "digest", List.of(route), none, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "localhost:80", "*:80", "0.0.0.0:80", "80"})
    @DisplayName("trap 30: a port that another program holds is named with its address")
    void aForeignPort(String listen) {
        NginxFailure problem = new ListenPorts(nginx, listen, Optional.empty())
                .problem(onPort(foreign.getLocalPort()))
                .orElseThrow();

        assertThat(problem.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(problem).hasMessageContaining("port " + foreign.getLocalPort());
    }

    @Test
    void aFreePortIsNoProblemAndNeitherIsAPath() {
        ListenPorts ports = new ListenPorts(nginx, "127.0.0.1:80", Optional.empty());

        assertThat(ports.problem(onPort(FreePort.find()))).isEmpty();
        assertThat(ports.problem(route(RouteMatch.parse("/shop/")))).isEmpty();
    }

    @Test
    @DisplayName("trap 30: a port of another address of this machine is in nobody's way")
    void anotherAddress() {
        assertThat(new ListenPorts(nginx, "127.0.0.2:80", Optional.empty()).problem(onPort(foreign.getLocalPort())))
                .isEmpty();
    }

    @Test
    void whatNginxListensAtAlreadyIsNotLookedAt() {
        int port = foreign.getLocalPort();

        assertThat(new ListenPorts(nginx, "127.0.0.1:" + port, Optional.empty()).problem(onPort(port)))
                .isEmpty();
        assertThat(new ListenPorts(nginx, "127.0.0.1:80", generation(onPort(port))).problem(onPort(port)))
                .isEmpty();
    }
}
