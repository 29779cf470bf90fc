package io.a64.examples.benchmarks.deploy;

import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times of two ways to do a thing, taken in turn, so that the machine's moods hit both. */
final class Pairs {

    private final List<Double> floor = new ArrayList<>();
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    void add(Duration floorTime, Duration ourTime) {
        floor.add(floorTime.toNanos() / 1e6);
        ours.add(ourTime.toNanos() / 1e6);
        ratios.add((double) ourTime.toNanos() / floorTime.toNanos());
    }

    /** Returns minimum, median and maximum of both and of the ratio pair by pair. */
    Table table(String title) {
        Table table = new Table(title, floor.size() + " pairs", "min", "median", "max");
        add(table, "floor, ms", floor, "%.0f");
        add(table, "ours, ms", ours, "%.0f");
        add(table, "ours / floor", ratios, "%.2f");
        return table;
    }

    private static void add(Table table, String name, List<Double> values, String format) {
        Samples samples = Samples.of(values);
        table.row(
                name,
                String.format(Locale.ROOT, format, samples.min()),
                String.format(Locale.ROOT, format, samples.median()),
                String.format(Locale.ROOT, format, samples.max()));
    }
}
