package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.nginx.internal.publish.Step;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writers that are killed. {@code -Da64.crash.rounds=20} kills as many after each step. Numbers are those of the traps in
 * the research on NGINX.
 */
@RequiresService(Service.NGINX)
final class CrashTest extends NginxFixture {

    private static final int ROUNDS = Integer.getInteger("a64.crash.rounds", 1);

    @ParameterizedTest(name = "trap 31: killed after {0}, NGINX restarts and the next writer goes on")
    @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "SWITCHED_BACK")
    @DisplayName("trap 31")
    void killedBetweenTwoSteps(Step step) throws Exception {
        writer.publish(route("old"), soon());
        for (int round = 1; round <= ROUNDS; round++) {
            Route wanted = route("new", round);

            killAfter(step, wanted, Deadline.after(Duration.ofMinutes(1)));

            assertWhole();
            restartNginx();
            assertThat(status("/old/")).isEqualTo(200);
            convergesOn(wanted);
        }
    }

    @ParameterizedTest(name = "trap 31: killed after {0}, NGINX restarts and the next writer goes on")
    @EnumSource(value = Step.class, names = "SWITCHED_BACK")
    @DisplayName("trap 31")
    void killedWhileGoingBack(Step step) throws Exception {
        writer.publish(route("old"), soon());
        for (int round = 1; round <= ROUNDS; round++) {
            Route wanted = route("new", round);
            try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String taken = "listen 127.0.0.1:" + foreign.getLocalPort() + "; server_name _;";
                edit(text -> text.replace("server_name _;", taken));

                killAfter(step, wanted, Deadline.after(Duration.ofMinutes(1)));

                edit(text -> text.replace(taken, "server_name _;"));
            }
            assertWhole();
            restartNginx();
            assertThat(status("/old/")).isEqualTo(200);
            convergesOn(wanted);
        }
    }

    private void killAfter(Step step, Route wanted, Deadline deadline) throws Exception {
        WriterProcess doomed = WriterProcess.start(
                DoomedWriter.class,
                List.of(
                        nginx.settings().prefix().orElseThrow().toString(),
                        nginx.settings().listen(),
                        wanted.module(),
                        Integer.toString(wanted.generation()),
                        Integer.toString(wanted.upstreams().get(0).port()),
                        step.name()));

        assertThat(doomed.awaitExit(deadline))
                .as("exit code of one killed by SIGKILL")
                .isEqualTo(128 + 9);
    }

    /** What is in force on disk names all its files, and there are no others. */
    private void assertWhole() throws IOException {
        Path current = configuration().resolve("a64/current");
        assertThat(Files.isSymbolicLink(current)).isTrue();
        NginxRouteWriter reader = NginxRouteWriter.using(nginx.settings());
        Set<Route> routes = Set.copyOf(reader.routes(soon()));
        assertThat(routes).contains(route("old"));
        for (Route route : routes) {
            assertThat(current.resolve("modules/" + route.module() + ".conf"))
                    .content()
                    .contains("location ^~ " + route.match().path() + " {", "generation " + route.generation());
        }
    }

    private void convergesOn(Route wanted) throws IOException, RouteException {
        NginxRouteWriter next = NginxRouteWriter.using(nginx.settings());
        next.publish(wanted, soon());
        next.prove(wanted, soon());
        next.prove(route("old"), soon());
        assertThat(next.routes(soon())).containsExactlyInAnyOrder(route("old"), wanted);
    }
}
