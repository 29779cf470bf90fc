package io.a64.examples.benchmarks.routes;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param requestSizes how many modules there are where the cost of requests is measured
 * @param reloadSizes how many there are where the time to live is
 * @param shapeSizes how many there are where both shapes are compared
 * @param rounds how often floor and ours are measured per cell
 * @param turn how long each of them answers requests
 * @param pause how long nothing is changed between two changes, each of which is to be a lone one
 * @param spread over which time changes are spread that come one by one
 */
record Extent(
        List<Integer> requestSizes,
        List<Integer> reloadSizes,
        List<Integer> shapeSizes,
        int rounds,
        Duration turn,
        Duration pause,
        Duration spread) {

    /** What the README shows. */
    static final Extent FULL = new Extent(
            List.of(10, 1_000, 10_000),
            List.of(10, 100, 1_000, 10_000),
            List.of(250, 500, 1_000, 2_000, 4_000),
            7,
            Duration.ofSeconds(2),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(10));

    /** Enough to see that everything works; its times mean nothing. */
    static final Extent QUICK = new Extent(
            List.of(10),
            List.of(10),
            List.of(20),
            1,
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(2));

    /** Returns the same with other numbers of modules. */
    Extent withSizes(List<Integer> sizes) {
        return new Extent(sizes, sizes, sizes, rounds, turn, pause, spread);
    }
}
