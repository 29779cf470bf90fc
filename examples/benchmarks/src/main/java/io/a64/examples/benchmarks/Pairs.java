package io.a64.examples.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Times of two ways to do a thing, taken in turn, so that the machine's moods hit both. */
final class Pairs {

    private final List<Double> floor = new ArrayList<>();
    private final List<Double> ours = new ArrayList<>();

    void add(Duration floorTime, Duration ourTime) {
        floor.add(floorTime.toNanos() / 1e6);
        ours.add(ourTime.toNanos() / 1e6);
    }

    /** Returns a table with minimum, median and maximum of both and of the ratio pair by pair. */
    String table() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < floor.size(); i++) {
            ratios.add(ours.get(i) / floor.get(i));
        }
        return Stream.of(
                        String.format("| %d pairs | min | median | max |", floor.size()),
                        "|---|---|---|---|",
                        row("floor, ms", floor, "%.0f"),
                        row("ours, ms", ours, "%.0f"),
                        row("ours / floor", ratios, "%.2f"))
                .reduce((a, b) -> a + System.lineSeparator() + b)
                .orElseThrow();
    }

    private static String row(String title, List<Double> values, String format) {
        List<Double> sorted = values.stream().sorted().toList();
        String cell = " | " + format;
        return String.format(
                Locale.ROOT,
                "| %s" + cell + cell + cell + " |",
                title,
                sorted.get(0),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1));
    }
}
