package io.a64.examples.benchmarks.ports;

import com.mongodb.client.MongoDatabase;
import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import io.a64.ports.PortAllocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a mass uninstall costs those who allocate afterwards. */
final class Cooling {

    private static final int STARTS = 5;

    private final MongoDatabase database;
    private final Extent extent;
    private final Table table;

    private Cooling(MongoDatabase database, Extent extent) {
        this.database = database;
        this.extent = extent;
        table = new Table(
                "Latency of allocate() of 1 port, 1 thread, ms",
                "what",
                "none cooling",
                extent.cooling() + " cooling",
                "ratio");
    }

    static Table table(MongoDatabase database, Extent extent) {
        Cooling cooling = new Cooling(database, extent);
        cooling.measure();
        return cooling.table;
    }

    private void measure() {
        Registry none = Registry.open(database, "cooling-none", extent.ports());
        Registry many = Registry.open(database, "cooling-many", extent.ports());
        many.massUninstall(extent.cooling());
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        Random random = new Random(extent.cooling());
        for (int i = 0; i < 2 * extent.allocations(); i++) {
            boolean turn = random.nextBoolean();
            (turn ? with : without).add(allocation(turn ? many : none));
        }
        Samples lone = Samples.of(without);
        Samples crowded = Samples.of(with);
        row("median", lone.median(), crowded.median());
        row("95 of 100 are quicker than", lone.quantile(0.95), crowded.quantile(0.95));
        row("slowest", lone.max(), crowded.max());
        row("first of a host that just started, median", first(none), first(many));
        row("the one that finds all cooldowns over", allocation(rested(none)), allocation(rested(many)));
    }

    private void row(String what, double without, double with) {
        table.row(
                what,
                String.format(Locale.ROOT, "%.1f", without),
                String.format(Locale.ROOT, "%.1f", with),
                String.format(Locale.ROOT, "%.2f", with / without));
    }

    private static double allocation(Registry registry) {
        List<PortAllocation> held = new ArrayList<>();
        double millis = Stopwatch.millis(() -> held.add(registry.allocate(1)));
        held.forEach(registry::release);
        return millis;
    }

    private double first(Registry registry) {
        Duration cooldown = registry.allocator().settings().cooldown();
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            starts.add(allocation(Registry.open(database, registry.node(), extent.ports(), cooldown)));
        }
        return Samples.of(starts).median();
    }

    private Registry rested(Registry registry) {
        return Registry.open(database, registry.node(), extent.ports(), Duration.ofMillis(1));
    }
}
