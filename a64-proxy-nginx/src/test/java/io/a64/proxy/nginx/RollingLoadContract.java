package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.nginx.rolling.Kind;
import io.a64.proxy.nginx.rolling.RollingLoad;
import io.a64.proxy.nginx.rolling.RollingModule;
import io.a64.proxy.nginx.rolling.Tally;
import io.a64.proxy.nginx.rolling.Wrk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients notice while generation follows generation: other modules come and go, and the module that is asked is
 * deployed anew at another address, its former instance ended as soon as it is said to be drained. Few generations in
 * a normal build; {@code -Da64.rolling.generations=100} makes it a hundred.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RollingLoadContract {

    private static final int GENERATIONS = Integer.getInteger("a64.rolling.generations", 9);
    private static final int KINDS_OF_CHANGE = 3;
    private static final String NAME = "rolling";

    private final List<CompletableFuture<Boolean>> drained = new ArrayList<>();
    private NginxUnderTest nginx;
    private NginxRouteWriter writer;
    private RollingModule module;
    private Tally tally;
    private Optional<Wrk.Result> wrk;

    /** Returns above how many modules plain ones share groups. */
    abstract int mapThreshold();

    @BeforeAll
    void roll(@TempDir Path prefix) throws Exception {
        nginx = NginxUnderTest.start(prefix);
        writer = NginxRouteWriter.using(
                nginx.settings().withTraffic(new NginxTraffic(List.of(), "auto", mapThreshold())));
        module = new RollingModule(1);
        publish(module);
        Optional<Wrk> running = Wrk.start(nginx.port(), "/" + NAME + "/");
        try (RollingLoad load = RollingLoad.start(nginx.port(), "/" + NAME + "/", 1)) {
            for (int i = 0; i < GENERATIONS; i++) {
                change(i, load);
            }
            tally = load.tally();
        }
        wrk = running.isPresent() ? Optional.of(running.get().end()) : Optional.empty();
        System.out.printf("%s, %d generations:%n%s%s%n", getClass().getSimpleName(), GENERATIONS, tally, wrk);
    }

    private void change(int number, RollingLoad load) throws IOException {
        String other = "other-" + number / KINDS_OF_CHANGE;
        switch (number % KINDS_OF_CHANGE) {
            case 0 -> redeploy(load);
            case 1 -> writer.publish(route(other, module), soon());
            default -> writer.remove(other, soon());
        }
    }

    private void redeploy(RollingLoad load) throws IOException {
        RollingModule former = module;
        module = new RollingModule(former.generation() + 1);
        publish(module);
        load.isLive(module.generation());
        drained.add(CompletableFuture.supplyAsync(() -> endWhenDrained(former)));
    }

    private boolean endWhenDrained(RollingModule former) {
        try (former) {
            return writer.awaitDrained(NAME, soon());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(RollingModule instance) {
        Route route = route(NAME, instance);
        writer.publish(route, soon());
        writer.prove(route, soon());
    }

    private static Route route(String name, RollingModule instance) {
        return Route.onPath(
                name, instance.generation(), "/" + name + "/", List.of(instance.upstream()), RouteOptions.defaults());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    @AfterAll
    void stop() throws IOException {
        if (module != null) {
            module.close();
        }
        nginx.close();
    }

    private void assertNoneFailed(Kind kind) {
        assertThat(tally.failures(kind)).as("failures of %s", kind).isEmpty();
        assertThat(tally.done(kind)).as("successes of %s", kind).isGreaterThan(GENERATIONS);
    }

    @Test
    @DisplayName("trap 37: no fresh connection fails or meets a generation that is not live any more")
    void freshConnections() {
        assertNoneFailed(Kind.FRESH);
    }

    @Test
    @DisplayName("trap 38: slow requests, uploads and WebSockets that are under way go on to their end")
    void requestsUnderWay() {
        assertNoneFailed(Kind.SLOW);
        assertNoneFailed(Kind.UPLOAD);
        assertNoneFailed(Kind.WEBSOCKET);
    }

    @Test
    @DisplayName("trap 39: a strict client fails on reused connections only, one that tries again never")
    void keptConnections() {
        assertNoneFailed(Kind.KEPT_RETRYING);
        assertThat(tally.failures(Kind.KEPT_STRICT).keySet())
                .isSubsetOf("a kept connection was closed before the answer");
        assertThat(tally.done(Kind.KEPT_STRICT)).isGreaterThan(GENERATIONS);
    }

    @Test
    @DisplayName("trap 39: wrk sees connections end, but no error in an answer and none refused")
    void wrk() {
        assertThat(wrk.map(Wrk.Result::errorStatuses).orElse(0)).isZero();
        assertThat(wrk.map(Wrk.Result::refusedConnections).orElse(0)).isZero();
    }

    @Test
    @DisplayName("trap 40: former instances are drained, and NGINX's former workers gone, when nothing is under way")
    void nothingIsLeft() throws Exception {
        for (CompletableFuture<Boolean> each : drained) {
            assertThat(each.get()).isTrue();
        }
        assertThat(writer.awaitDrained(NAME, soon())).isTrue();
        assertThat(writer.retiringWorkers(soon()).count()).isZero();
    }
}
