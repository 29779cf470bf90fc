package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import io.a64.examples.benchmarks.routes.front.HandWritten;
import io.a64.examples.benchmarks.routes.front.Mode;
import io.a64.examples.benchmarks.routes.front.Ours;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** How long a lone change takes until it is proven, against bare reloads, and what it costs besides. */
final class TimeToLive {

    private static final int WARM_UPS = 3;

    private final Stage stage;
    private final Extent extent;
    private final Table times = new Table(
            "A lone change, milliseconds, median of rounds: from `nginx -s reload` until a new worker answers / no old"
                    + " one accepts any more; from `publish` until it is proven",
            "modules",
            "by hand: reload",
            "our files: bare reload",
            "publish");
    private final Table ratios = new Table(
            "`publish` ÷ reload, median (min–max) of rounds",
            "modules",
            "÷ by hand, new answers",
            "÷ by hand, old retired",
            "÷ bare, new answers",
            "÷ bare, old retired",
            "by hand / by hand (noise)");
    private final Table costs = Footprint.table();

    private TimeToLive(Stage stage, Extent extent) {
        this.stage = stage;
        this.extent = extent;
    }

    static List<Table> tables(Stage stage, Extent extent) throws IOException, InterruptedException, ExecutionException {
        TimeToLive live = new TimeToLive(stage, extent);
        for (int size : extent.reloadSizes()) {
            live.measure(size);
        }
        return List.of(live.times, live.ratios, live.costs);
    }

    private void measure(int size) throws IOException, InterruptedException, ExecutionException {
        Progress.say("reloads: %d modules", size);
        try (HandWritten byHand = stage.handWritten(Mode.PATH, size);
                Ours ours = stage.ours(Mode.PATH, size)) {
            int generation = 2;
            for (; generation < 2 + WARM_UPS; generation++) {
                ours.routes().redeployFirst(generation);
            }
            List<LiveRound> rounds = new ArrayList<>();
            for (int i = 0; i < extent.rounds(); i++) {
                rounds.add(LiveRound.run(byHand, ours, generation++, extent));
                Progress.say("%s", rounds.get(i));
            }
            rows(size, rounds);
            Footprint.measure(byHand, ours, generation, extent).addTo(costs, size);
        }
    }

    private void rows(int size, List<LiveRound> rounds) {
        times.row(
                size,
                median(rounds, LiveRound::byHandAnswered) + " / " + median(rounds, LiveRound::byHandRetired),
                median(rounds, each -> each.bare().answered()) + " / "
                        + median(rounds, each -> each.bare().retired()),
                median(rounds, LiveRound::ours));
        ratios.row(
                size,
                ratio(rounds, LiveRound::byHandAnswered),
                ratio(rounds, LiveRound::byHandRetired),
                ratio(rounds, each -> each.bare().answered()),
                ratio(rounds, each -> each.bare().retired()),
                samples(rounds, LiveRound::noise).withSpread("%.2f"));
    }

    private static String median(List<LiveRound> rounds, Function<LiveRound, Double> value) {
        return String.format(Locale.ROOT, "%.0f", samples(rounds, value).median());
    }

    private static String ratio(List<LiveRound> rounds, Function<LiveRound, Double> floor) {
        return samples(rounds, each -> each.ours() / floor.apply(each)).withSpread("%.2f");
    }

    private static Samples samples(List<LiveRound> rounds, Function<LiveRound, Double> value) {
        return Samples.of(rounds.stream().map(value).toList());
    }
}
