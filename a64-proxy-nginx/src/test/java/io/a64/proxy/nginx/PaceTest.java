package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many reloads many changes take. Numbers are those of the traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class PaceTest extends NginxFixture {

    private static final int AT_ONCE = 3;

    private ThrowingCallable publishing(Route route) {
        return () -> writer.publish(route, Deadline.after(Duration.ofMinutes(1)));
    }

    @Test
    @DisplayName("trap 36: 100 changes from 50 threads at once take at most three reloads, and all are live")
    void aCrowd() throws Exception {
        List<ThrowingCallable> calls = IntStream.range(0, 100)
                .mapToObj(i -> publishing(route("m" + i)))
                .toList();

        assertThat(allAtOnce(50, calls)).allMatch(Optional::isEmpty);

        assertThat(writer.reloads()).isLessThanOrEqualTo(AT_ONCE);
        for (int i = 0; i < 100; i++) {
            assertThat(status("/m" + i + "/")).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("trap 36: of several changes of one module the last one that was called is what is live")
    void theLastWriteWins() throws Exception {
        List<ThrowingCallable> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "m" + i;
            calls.add(() -> {
                List<CompletableFuture<Void>> writes = new ArrayList<>();
                for (int generation = 1; generation <= 10; generation++) {
                    writes.add(submitted(route(name, generation)));
                }
                writes.forEach(CompletableFuture::join);
            });
        }

        assertThat(allAtOnce(10, calls)).allMatch(Optional::isEmpty);

        assertThat(writer.reloads()).isLessThanOrEqualTo(AT_ONCE);
        assertThat(writer.routes(soon())).hasSize(10).allMatch(route -> route.generation() == 10);
    }

    /** Calls from a thread of its own, and returns when that thread waits: the order of calls is certain. */
    private CompletableFuture<Void> submitted(Route route) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                writer.publish(route, soon());
                outcome.complete(null);
            } catch (RouteException e) {
                outcome.completeExceptionally(e);
            }
        });
        caller.start();
        while (caller.getState() != Thread.State.WAITING
                && caller.getState() != Thread.State.TIMED_WAITING
                && caller.isAlive()) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    @Test
    @DisplayName("trap 36: changes spread over ten seconds take at most one reload per second and three")
    void churn() throws Exception {
        int changes = 100;
        Duration time = Duration.ofSeconds(10);
        Deadline end = Deadline.after(time);
        List<ThrowingCallable> calls = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            Route route = route("m" + i);
            Duration begin = time.multipliedBy(i).dividedBy(changes);
            calls.add(() -> {
                Deadline.after(end.remaining().minus(time.minus(begin))).pause(time);
                writer.publish(route, soon());
            });
        }
        long start = System.nanoTime();

        assertThat(allAtOnce(changes, calls)).allMatch(Optional::isEmpty);

        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        assertThat(writer.reloads()).isBetween(AT_ONCE + 1L, seconds + AT_ONCE);
        for (int i = 0; i < changes; i++) {
            assertThat(status("/m" + i + "/")).isEqualTo(200);
        }
    }

    /** Spends what may be spent at once. */
    private void exhaust() {
        for (int i = 1; i <= AT_ONCE; i++) {
            writer.publish(route("early", i), soon());
        }
    }

    @Test
    void whoseDeadlinePassesWhileItIsTooEarlyWithdrawsAndTheOthersGoOn() throws Exception {
        exhaust();
        List<Optional<RouteException>> outcomes = allAtOnce(
                3,
                List.of(
                        () -> writer.publish(route("hasty"), Deadline.after(Duration.ofMillis(100))),
                        publishing(route("patient")),
                        () -> writer.publish(route("rushed"), Deadline.after(Duration.ofMillis(200)))));

        assertThat(outcomes.get(0).orElseThrow().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(outcomes.get(2).orElseThrow().kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(outcomes.get(1)).isEmpty();
        assertThat(writer.routes(soon())).containsExactly(route("early", AT_ONCE), route("patient"));
        assertThat(writer.reloads()).isEqualTo(AT_ONCE + 1);
    }

    @Test
    void whatChangesNothingWaitsForNobody() {
        exhaust();
        Deadline atOnce = Deadline.after(Duration.ofMillis(300));

        writer.publish(route("early", AT_ONCE), atOnce);
        assertThat(writer.remove("unknown", atOnce)).isFalse();

        assertThat(writer.reloads()).isEqualTo(AT_ONCE);
    }

    @Test
    @DisplayName("trap 33: two processes with fifty changes each take turns, share the pace and lose nothing")
    void twoProcesses() throws Exception {
        int each = 50;
        long start = System.nanoTime();
        List<WriterProcess> processes = List.of(
                WriterProcess.publishing(nginx.settings(), route("a"), each),
                WriterProcess.publishing(nginx.settings(), route("b"), each));
        long reloads = 0;
        for (WriterProcess process : processes) {
            reloads += process.awaitReloads();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

        assertThat(reloads).isBetween(2L, seconds + AT_ONCE);
        assertThat(writer.routes(soon())).hasSize(2 * each);
        for (String name : List.of("a", "b")) {
            for (int i = 0; i < each; i++) {
                assertThat(status("/" + name + "-" + i + "/")).isEqualTo(200);
            }
        }
    }
}
