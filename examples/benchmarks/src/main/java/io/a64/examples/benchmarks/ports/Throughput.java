package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.report.Round;
import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import io.a64.examples.benchmarks.report.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How many allocations per second there are, against the {@link Floor}. */
final class Throughput {

    private final String database;
    private final Extent extent;
    private final Table table = new Table(
            "Throughput of allocate() of 1 port, releases not counted: median (min–max) of the rounds",
            "taken",
            "threads",
            "floor, 1/s",
            "ours, 1/s",
            "ours / floor",
            "floor / floor (noise)");

    private Throughput(String database, Extent extent) {
        this.database = database;
        this.extent = extent;
    }

    /** Measures every registry with every number of threads. */
    static Table measure(String database, Map<String, Registry> registries, Extent extent) throws RunnerException {
        Throughput throughput = new Throughput(database, extent);
        for (Map.Entry<String, Registry> each : registries.entrySet()) {
            for (int threads : extent.threads()) {
                System.err.printf("throughput: %s taken, %d threads%n", each.getKey(), threads);
                throughput.measure(each.getKey(), each.getValue(), threads);
            }
        }
        return throughput.table;
    }

    private void measure(String taken, Registry registry, int threads) throws RunnerException {
        long seed = 31L * registry.node().hashCode() + threads;
        List<Turn> order = Turn.order(extent.rounds(), seed);
        List<Round> rounds = Round.of(order.subList(Turn.WARM_UPS, order.size()), scores(registry, threads, seed));
        table.row(
                taken,
                threads,
                String.format(
                        Locale.ROOT, "%.0f", samples(rounds, Round::meanFloor).median()),
                String.format(Locale.ROOT, "%.0f", samples(rounds, Round::ours).median()),
                samples(rounds, Round::ratio).withSpread("%.2f"),
                samples(rounds, Round::noise).withSpread("%.2f"));
    }

    private static Samples samples(List<Round> rounds, Function<Round, Double> value) {
        return Samples.of(rounds.stream().map(value).toList());
    }

    /** Lets JMH run the trial within this process: what takes milliseconds at a server needs no virgin JVM. */
    private List<Double> scores(Registry registry, int threads, long seed) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(extent.iteration().toMillis());
        Options options = new OptionsBuilder()
                .include(AllocationTrial.class.getName())
                .param("database", database)
                .param("node", registry.node())
                .param("ports", String.valueOf(registry.ports()))
                .param("rounds", String.valueOf(extent.rounds()))
                .param("seed", String.valueOf(seed))
                .threads(threads)
                .forks(0)
                .warmupIterations(Turn.WARM_UPS)
                .warmupTime(time)
                .measurementIterations(extent.rounds() * Turn.PER_ROUND)
                .measurementTime(time)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options)
                .runSingle().getBenchmarkResults().iterator().next().getIterationResults().stream()
                        .map(IterationResult::getPrimaryResult)
                        .map(result -> result.getScore())
                        .toList();
    }
}
