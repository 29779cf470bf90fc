package io.a64.examples.benchmarks.ports;

import com.mongodb.client.MongoDatabase;
import io.a64.examples.benchmarks.report.Table;
import java.util.Locale;

/** What an allocator keeps in memory, which is its picture of the free ports above all. */
final class Memory {

    private Memory() {}

    /** Measures allocators of a small and of the largest sensible range. */
    static Table table(MongoDatabase database, Extent extent) {
        Table table = new Table(
                "Memory of an allocator without the driver, in bytes",
                "ports",
                "before the first use",
                "after a look and an allocation",
                "bytes per port");
        row(table, database, extent.ports());
        row(table, database, 56_000);
        return table;
    }

    private static void row(Table table, MongoDatabase database, int ports) {
        Registry registry = Registry.open(database, "memory-" + ports, ports);
        long before = Footprint.of(registry.allocator());
        registry.allocate(3);
        long after = Footprint.of(registry.allocator());
        table.row(ports, before, after, String.format(Locale.ROOT, "%.2f", (double) after / ports));
    }
}
