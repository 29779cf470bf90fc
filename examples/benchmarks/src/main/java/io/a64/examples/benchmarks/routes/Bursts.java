package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.report.Table;
import io.a64.examples.benchmarks.routes.front.Crowd;
import io.a64.examples.benchmarks.routes.front.Mode;
import io.a64.examples.benchmarks.routes.front.Ours;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** How many reloads many changes need, and whether all of them are served in the end. */
final class Bursts {

    private static final int MODULES = 10;
    private static final int CHANGES = 100;
    private static final int THREADS = 50;

    private final Stage stage;
    private final Extent extent;
    private final Table table =
            new Table("Many changes", "changes", "reloads", "goal", "served by their last upstream", "seconds");

    private Bursts(Stage stage, Extent extent) {
        this.stage = stage;
        this.extent = extent;
    }

    static Table table(Stage stage, Extent extent) throws Exception {
        Bursts bursts = new Bursts(stage, extent);
        bursts.atOnce();
        bursts.spread();
        bursts.twoProcesses();
        return bursts.table;
    }

    /** Every thread deploys one module twice, the second time as soon as the first is live. */
    private void atOnce() throws Exception {
        measure(CHANGES + " from " + THREADS + " threads at once", "3", 2, THREADS, ours -> {
            Crowd.run(THREADS, tasks(THREADS, number -> {
                ours.routes().publishExtra(number, 1);
                ours.routes().publishExtra(number, 2);
            }));
        });
    }

    /** Nobody waits for anybody: each change comes at its own time. */
    private void spread() throws Exception {
        long every = extent.spread().dividedBy(CHANGES).toNanos();
        long seconds = extent.spread().toSeconds();
        measure(CHANGES + " spread over " + seconds + " s", String.valueOf(seconds + 3), 1, CHANGES, ours -> {
            long start = System.nanoTime();
            Crowd.run(CHANGES, tasks(CHANGES, number -> {
                TimeUnit.NANOSECONDS.sleep(start + number * every - System.nanoTime());
                ours.routes().publishExtra(number, 1);
            }));
        });
    }

    private void twoProcesses() throws Exception {
        measure(
                "2 processes × 50 changes, 10 threads each",
                "none lost",
                1,
                CHANGES,
                ours -> ExtraPublisher.runTwo(CHANGES, stage.modules(MODULES), ours.settings()));
    }

    @FunctionalInterface
    private interface Step {

        void of(int number) throws Exception;
    }

    private static List<Callable<Void>> tasks(int count, Step step) {
        return IntStream.range(0, count)
                .mapToObj(number -> (Callable<Void>) () -> {
                    step.of(number);
                    return null;
                })
                .toList();
    }

    @FunctionalInterface
    private interface Storm {

        void on(Ours ours) throws Exception;
    }

    private void measure(String what, String goal, int generation, int modules, Storm storm) throws Exception {
        Progress.say("bursts: %s", what);
        try (Ours ours = stage.ours(Mode.PATH, MODULES)) {
            TimeUnit.MILLISECONDS.sleep(extent.pause().toMillis());
            long before = ours.front().reloads();
            long start = System.nanoTime();
            storm.on(ours);
            double seconds = (System.nanoTime() - start) / 1e9;
            table.row(
                    what,
                    ours.front().reloads() - before,
                    goal,
                    served(ours, generation, modules) + " of " + modules,
                    String.format(Locale.ROOT, "%.1f", seconds));
        }
    }

    private static int served(Ours ours, int generation, int modules) throws IOException {
        int served = 0;
        for (int number = 0; number < modules; number++) {
            served += ours.servesExtra(number, generation) ? 1 : 0;
        }
        return served;
    }
}
