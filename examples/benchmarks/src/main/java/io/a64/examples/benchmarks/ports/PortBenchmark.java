package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.report.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the port allocator on MongoDB costs, one table per question. Every time stands beside a floor that was measured
 * in the same run, in turns; round trips are counted by the driver. The database is its own and dropped at the end.
 *
 * <p>JMH measures the throughput, see {@link AllocationTrial}; the other questions ask for numbers or for a few
 * latencies of several milliseconds, for which a clock is enough.
 */
public final class PortBenchmark {

    /** The options of {@link #main}, for a help text. */
    public static final String OPTIONS = """
              --quick             only to see that it works, in less than a minute; its times mean nothing
              --profile           instead of the tables: where the time of an allocation goes""";

    private final Connection connection;
    private final Extent extent;

    private PortBenchmark(Connection connection, Extent extent) {
        this.connection = connection;
        this.extent = extent;
    }

    /** Runs it against the MongoDB that the tests use. */
    public static void main(String[] arguments) throws Exception {
        TreeSet<String> options = new TreeSet<>(Arrays.asList(arguments));
        boolean profile = options.remove("--profile");
        Extent extent = options.remove("--quick") ? Extent.QUICK : Extent.FULL;
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(options + " are no options of this benchmark:\n" + OPTIONS);
        }
        String database = "a64_bench_" + UUID.randomUUID().toString().substring(0, 8);
        try (Connection connection = Connection.counted(database)) {
            PortBenchmark benchmark = new PortBenchmark(connection, extent);
            try {
                if (profile) {
                    benchmark.profile();
                } else {
                    benchmark.measure();
                }
            } finally {
                connection.database().drop();
            }
        }
    }

    private void measure() throws Exception {
        Map<String, Registry> registries = registries();
        print(Throughput.measure(connection.database().getName(), registries, extent));
        print(RoundTrips.table(registries, connection.commands(), extent.allocations()));
        print(Competition.table(connection.database(), extent));
        print(Memory.table(connection.database(), extent));
        print(Cooling.table(connection.database(), extent));
        print(StatisticsCall.table(connection.database(), extent));
    }

    private void profile() throws Exception {
        for (int threads : extent.threads()) {
            Profile.take(connection, extent, threads).forEach(PortBenchmark::print);
        }
    }

    /** Returns registries by how full they are. */
    private Map<String, Registry> registries() {
        Map<String, Registry> registries = new LinkedHashMap<>();
        for (int permille : extent.permille()) {
            Registry registry = Registry.open(connection.database(), "taken-" + permille, extent.ports());
            registry.occupy(extent.ports() * permille / 1000, permille);
            registries.put(String.format(Locale.ROOT, "%s %%", permille / 10.0), registry);
        }
        return registries;
    }

    private static void print(Table table) {
        System.out.println(table);
    }
}
