package io.a64.examples.benchmarks.ports;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param ports the size of the range, which begins at 9000
 * @param permille how many of 1000 ports are taken already
 * @param threads how many threads compete
 * @param rounds how often floor and ours are measured per cell
 * @param iteration how long each of them is measured
 * @param allocations how many allocations a count or a latency is taken from
 * @param contest how many allocations each thread of each competing process makes
 * @param cooling how many ports cool down after the mass uninstall
 */
record Extent(
        int ports,
        List<Integer> permille,
        List<Integer> threads,
        int rounds,
        Duration iteration,
        int allocations,
        int contest,
        int cooling) {

    /** What the README shows. */
    static final Extent FULL = new Extent(
            11_000, List.of(0, 500, 900, 990, 999), List.of(1, 4, 16), 7, Duration.ofSeconds(1), 200, 50, 10_000);

    /** Enough to see that everything works, in less than a minute; its times mean nothing. */
    static final Extent QUICK =
            new Extent(1_000, List.of(0, 990), List.of(1, 4), 1, Duration.ofMillis(100), 20, 5, 900);
}
