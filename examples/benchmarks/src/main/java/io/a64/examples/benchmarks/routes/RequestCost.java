package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.report.Table;
import io.a64.examples.benchmarks.routes.RequestTrial.Side;
import io.a64.examples.benchmarks.routes.front.HandWritten;
import io.a64.examples.benchmarks.routes.front.Mode;
import io.a64.examples.benchmarks.routes.front.Modules;
import io.a64.examples.benchmarks.routes.front.Ours;
import io.a64.examples.benchmarks.routes.front.Target;
import io.a64.examples.benchmarks.routes.load.Load;
import io.a64.examples.benchmarks.routes.load.WebSockets;
import io.a64.examples.benchmarks.routes.load.Wrk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** What a request costs through a route, against a configuration written by hand. */
final class RequestCost {

    /** As many are asked where it is measured what a busy module costs among many: their connections are kept. */
    private static final int BUSY = 10;

    private final Stage stage;
    private final Mode mode;
    private final Extent extent;
    private final Table table = new Table(
            "Requests, 16 connections: CPU time of the workers per request, and throughput; median (min–max) of rounds",
            "modules",
            "what",
            "floor, µs",
            "ours, µs",
            "ours / floor",
            "floor / floor (noise)",
            "floor, 1/s",
            "ours, 1/s",
            "ours / floor",
            "floor / floor (noise)");

    private RequestCost(Stage stage, Mode mode, Extent extent) {
        this.stage = stage;
        this.mode = mode;
        this.extent = extent;
    }

    static Table table(Stage stage, Mode mode, Extent extent)
            throws IOException, InterruptedException, ExecutionException {
        RequestCost cost = new RequestCost(stage, mode, extent);
        for (int size : extent.requestSizes()) {
            cost.measure(size);
        }
        return cost.table;
    }

    private void measure(int size) throws IOException, InterruptedException, ExecutionException {
        String name = mode.name().toLowerCase(Locale.ROOT);
        Progress.say("requests by %s: %d modules", name, size);
        try (HandWritten byHand = stage.handWritten(mode, size);
                Ours ours = stage.ours(mode, size)) {
            Side floor = new Side(byHand.front(), byHand.front().port());
            Side our = new Side(ours.front(), ours.port());
            for (Map.Entry<String, Load> load : loads(size).entrySet()) {
                RequestTrial trial = RequestTrial.run(floor, our, load.getValue(), extent);
                List<Object> row =
                        new ArrayList<>(List.of(size, mode.name().toLowerCase(Locale.ROOT) + ": " + load.getKey()));
                row.addAll(trial.cells());
                table.row(row.toArray());
                Progress.say("%s", row);
            }
        }
    }

    private Map<String, Load> loads(int size) throws IOException {
        Map<String, Load> loads = new LinkedHashMap<>();
        List<Target> all = stage.modules(size).names().stream()
                .map(name -> mode.target(name, "some/page?q=1"))
                .toList();
        List<Target> busy = IntStream.range(0, Math.min(BUSY, size))
                .mapToObj(i -> all.get(i * size / BUSY))
                .toList();
        loads.put("requests to " + busy.size() + " of them", Wrk.on(busy, stage.unique()));
        if (size > BUSY) {
            loads.put("requests to all of them", Wrk.on(all, stage.unique()));
        }
        loads.put("WebSocket messages", WebSockets.on(mode.target(Modules.SOCKET, "chat")));
        return loads;
    }
}
