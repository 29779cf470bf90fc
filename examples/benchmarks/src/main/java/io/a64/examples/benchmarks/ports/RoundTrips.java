package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.report.Table;
import io.a64.ports.PortAllocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the steps of an install send to the server while nobody competes. Everything counts, the sweep and the look at
 * the registry too, which fall due every few seconds on the thread that comes along.
 *
 * @param allocate the reservation
 * @param install the reservation and its confirmation
 * @param release giving the ports back
 */
record RoundTrips(Distribution allocate, Distribution install, Distribution release) {

    /** Installs and releases modules with this many ports, one after the other. */
    static RoundTrips count(Registry registry, Commands commands, int ports, int modules) {
        // The first look at the registry and the making of indexes belong to the start of a host, not to an install.
        registry.statistics();
        List<Integer> allocate = new ArrayList<>();
        List<Integer> install = new ArrayList<>();
        List<Integer> release = new ArrayList<>();
        for (int i = 0; i < modules; i++) {
            List<PortAllocation> held = new ArrayList<>();
            int allocated =
                    commands.of(() -> held.add(registry.allocate(ports))).roundTrips();
            int confirmed = commands.of(() -> held.forEach(registry::confirm)).roundTrips();
            int released = commands.of(() -> held.forEach(registry::release)).roundTrips();
            allocate.add(allocated);
            install.add(allocated + confirmed);
            release.add(released);
        }
        return new RoundTrips(Distribution.of(allocate), Distribution.of(install), Distribution.of(release));
    }

    /** Counts in every registry, with one port per module and with three. */
    static Table table(Map<String, Registry> registries, Commands commands, int modules) {
        Table table = new Table(
                "Round trips while nobody competes: median / max (number ×how often)",
                "taken",
                "ports",
                "allocate",
                "install: allocate + confirm",
                "release");
        registries.forEach((taken, registry) -> {
            for (int ports : List.of(1, 3)) {
                RoundTrips trips = count(registry, commands, ports, modules);
                table.row(taken, ports, cell(trips.allocate), cell(trips.install), cell(trips.release));
            }
        });
        return table;
    }

    private static String cell(Distribution distribution) {
        return distribution.median() + " / " + distribution.max() + " (" + distribution + ")";
    }
}
