package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of requests that are under way. Numbers are those of the traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class DrainTest extends NginxFixture {

    private EchoModule echo;

    @BeforeEach
    void publish() throws IOException {
        echo = new EchoModule();
        writer.publish(echoRoute(1), soon());
    }

    @AfterEach
    void stop() throws IOException {
        echo.close();
    }

    private Route echoRoute(int generation) {
        return Route.onPath("echo", generation, "/echo/", List.of(echo.upstream()), RouteOptions.defaults());
    }

    private CompletableFuture<Integer> slowRequest() throws InterruptedException {
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try (HttpConnection connection = new HttpConnection(nginx.port())) {
                return connection.get("/echo/slow");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        echo.awaitSlowRequest();
        return status;
    }

    private static Deadline shortly() {
        return Deadline.after(Duration.ofMillis(200));
    }

    @Test
    @DisplayName("trap 49: a removed route is not found at once, but drained only when the request under way has ended")
    void removal() throws Exception {
        CompletableFuture<Integer> slow = slowRequest();

        writer.remove("echo", soon());

        assertThat(status("/echo/")).isEqualTo(404);
        assertThat(writer.awaitDrained("echo", shortly())).isFalse();
        assertThat(writer.retiringWorkers(soon()).count()).isEqualTo(1);
        assertThat(writer.retiringWorkers(soon()).memoryBytes().orElseThrow()).isBetween(100_000L, 100_000_000L);
        echo.release();
        assertThat(slow.get()).isEqualTo(200);
        assertThat(writer.awaitDrained("echo", soon())).isTrue();
        assertThat(writer.retiringWorkers(soon())).isEqualTo(new RetiringWorkers(0, OptionalLong.of(0)));
    }

    @Test
    @DisplayName("trap 49: a writer that is opened later knows what is not drained yet, too")
    void laterWriter() throws Exception {
        CompletableFuture<Integer> slow = slowRequest();
        writer.remove("echo", soon());
        NginxRouteWriter later = NginxRouteWriter.using(nginx.settings());

        assertThat(later.awaitDrained("echo", shortly())).isFalse();
        echo.release();
        assertThat(later.awaitDrained("echo", soon())).isTrue();
        assertThat(slow.get()).isEqualTo(200);
    }

    @Test
    void whatIsDrainedWhileNginxDoesNotRunCannotBeKnown() {
        nginx.close();

        assertThat(failure(() -> writer.awaitDrained("echo", soon())).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    @DisplayName("trap 38: a request and a WebSocket that are under way survive a change")
    void underWay() throws Exception {
        CompletableFuture<Integer> slow = slowRequest();
        try (HttpConnection socket = new HttpConnection(nginx.port()).upgrade("/echo/")) {
            writer.publish(echoRoute(2), soon());
            writer.publish(echoRoute(3), soon());

            assertThat(socket.echo("hello")).isEqualTo("echo of hello");
            echo.release();
            assertThat(slow.get()).isEqualTo(200);
        }
        assertThat(writer.awaitDrained("echo", soon())).isTrue();
    }

    @Test
    @DisplayName("trap 38: NGINX cuts a WebSocket when its worker_shutdown_timeout has passed")
    void shutdownTimeout() throws Exception {
        edit(text -> text.replace("worker_shutdown_timeout 300s", "worker_shutdown_timeout 1s"));
        writer.publish(echoRoute(2), soon());
        try (HttpConnection socket = new HttpConnection(nginx.port()).upgrade("/echo/")) {
            assertThat(socket.echo("hello")).isEqualTo("echo of hello");
            writer.publish(echoRoute(3), soon());

            assertThat(writer.awaitDrained("echo", soon())).isTrue();

            assertThatThrownBy(() -> socket.echo("hello again")).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName(
            "trap 40: twenty open WebSockets of as many generations are twenty workers, and none once they are closed")
    void twentyWebSockets() throws Exception {
        List<HttpConnection> sockets = new ArrayList<>();
        long memory = 0;
        try {
            for (int i = 1; i <= 20; i++) {
                sockets.add(new HttpConnection(nginx.port()).upgrade("/echo/"));
                reloadByHand(i);
                memory = writer.retiringWorkers(soon()).memoryBytes().orElseThrow();
            }
            for (HttpConnection socket : sockets) {
                assertThat(socket.echo("hello")).isEqualTo("echo of hello");
            }
            assertThat(memory).isLessThan(20 * 10_000_000L);
        } finally {
            for (HttpConnection socket : sockets) {
                socket.close();
            }
        }
        assertThat(writer.awaitDrained("echo", soon())).isTrue();
        assertThat(writer.retiringWorkers(soon()).count()).isZero();
    }

    /** Reloads faster than the writer's pace allows, and waits until so many workers retire. */
    private void reloadByHand(int retiring) throws Exception {
        new ProcessBuilder("kill", "-HUP", Long.toString(nginx.process().pid()))
                .start()
                .waitFor();
        Deadline deadline = soon();
        while (writer.retiringWorkers(deadline).count() != retiring) {
            assertThat(deadline.pause(Duration.ofMillis(10)))
                    .as("time left for worker " + retiring)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("trap 39: ten changes close idle connections, but never fail a request on a fresh one")
    void strictKeepAlive() throws Exception {
        int clients = 8;
        AtomicBoolean goOn = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Tally>> tallies = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                tallies.add(threads.submit(() -> askUntil(goOn)));
            }
            for (int generation = 2; generation <= 11; generation++) {
                writer.publish(echoRoute(generation), soon());
            }
            goOn.set(false);
            Tally sum = new Tally(0, 0, 0);
            for (Future<Tally> tally : tallies) {
                sum = sum.plus(tally.get());
            }
            assertThat(sum.answers()).isGreaterThan(1000);
            assertThat(sum.failedFresh()).isZero();
        } finally {
            goOn.set(false);
            threads.shutdownNow();
        }
    }

    private record Tally(int answers, int failedReused, int failedFresh) {

        Tally plus(Tally other) {
            return new Tally(
                    answers + other.answers, failedReused + other.failedReused, failedFresh + other.failedFresh);
        }
    }

    private Tally askUntil(AtomicBoolean goOn) throws IOException {
        Tally tally = new Tally(0, 0, 0);
        while (goOn.get()) {
            int used = 0;
            try (HttpConnection connection = new HttpConnection(nginx.port())) {
                while (goOn.get()) {
                    assertThat(connection.get("/echo/")).isEqualTo(200);
                    used++;
                }
                tally = tally.plus(new Tally(used, 0, 0));
            } catch (IOException e) {
                tally = tally.plus(new Tally(used, used > 0 ? 1 : 0, used > 0 ? 0 : 1));
            }
        }
        return tally;
    }
}
