package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import io.a64.examples.benchmarks.routes.RequestTrial.Side;
import io.a64.examples.benchmarks.routes.front.Mode;
import io.a64.examples.benchmarks.routes.front.Ours;
import io.a64.examples.benchmarks.routes.load.Wrk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Both shapes of path routes: a location and a group for every module, or a map to shared groups. */
final class Shapes {

    private final Stage stage;
    private final Extent extent;
    private final Table table = new Table(
            "Static locations against a map: a lone change, and requests to all modules by turns; median (min–max)",
            "modules",
            "static: publish, ms",
            "map: publish, ms",
            "static: CPU per request, µs",
            "map, µs",
            "map / static",
            "static / static (noise)",
            "static: 1/s",
            "map: 1/s",
            "map / static",
            "static / static (noise)",
            "static: worker, MB",
            "map: worker, MB");

    private Shapes(Stage stage, Extent extent) {
        this.stage = stage;
        this.extent = extent;
    }

    static Table table(Stage stage, Extent extent) throws IOException, InterruptedException, ExecutionException {
        Shapes shapes = new Shapes(stage, extent);
        for (int size : extent.shapeSizes()) {
            shapes.measure(size);
        }
        return shapes.table;
    }

    private void measure(int size) throws IOException, InterruptedException, ExecutionException {
        Progress.say("shapes: %d modules", size);
        try (Ours fixed = stage.ours(Mode.PATH, size, Ours.ALWAYS_STATIC);
                Ours mapped = stage.ours(Mode.PATH, size, 0)) {
            List<Double> fixedMillis = new ArrayList<>();
            List<Double> mappedMillis = new ArrayList<>();
            for (int i = 0; i < extent.rounds(); i++) {
                fixedMillis.add(change(fixed, i + 2));
                mappedMillis.add(change(mapped, i + 2));
            }
            Wrk load = Wrk.on(
                    stage.modules(size).names().stream()
                            .map(name -> Mode.PATH.target(name, "some/page?q=1"))
                            .toList(),
                    stage.unique());
            RequestTrial trial = RequestTrial.run(
                    new Side(fixed.front(), fixed.port()), new Side(mapped.front(), mapped.port()), load, extent);
            List<Object> row = new ArrayList<>(List.of(
                    size,
                    Samples.of(fixedMillis).withSpread("%.0f"),
                    Samples.of(mappedMillis).withSpread("%.0f")));
            row.addAll(trial.cells());
            row.add(megabytes(fixed));
            row.add(megabytes(mapped));
            table.row(row.toArray());
            Progress.say("%s", row);
        }
    }

    private double change(Ours ours, int generation) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(extent.pause().toMillis());
        long start = System.nanoTime();
        ours.routes().redeployFirst(generation);
        return (System.nanoTime() - start) / 1e6;
    }

    private static String megabytes(Ours ours) throws IOException {
        return String.format(Locale.ROOT, "%.1f", ours.front().workerMemory().resident());
    }
}
