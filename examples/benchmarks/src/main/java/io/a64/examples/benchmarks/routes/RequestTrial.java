package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.report.Round;
import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Turn;
import io.a64.examples.benchmarks.routes.front.Front;
import io.a64.examples.benchmarks.routes.load.Load;
import io.a64.examples.benchmarks.routes.load.Load.Done;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What requests cost on two fronts, which have the same load in turns.
 *
 * @param cpu rounds of the CPU time per request of all workers, in microseconds
 * @param rate rounds of requests per second
 */
record RequestTrial(List<Round> cpu, List<Round> rate) {

    /**
     * A front with a port on which it serves routes.
     *
     * @param front the front
     * @param port the port
     */
    record Side(Front front, int port) {}

    private record Cost(double cpuMicros, double perSecond) {}

    static RequestTrial run(Side floor, Side ours, Load load, Extent extent) throws IOException, InterruptedException {
        floor.front.awaitQuiet();
        ours.front.awaitQuiet();
        List<Turn> order = Turn.order(extent.rounds(), load.hashCode());
        List<Cost> costs = new ArrayList<>();
        for (Turn turn : order) {
            costs.add(cost(turn == Turn.FLOOR ? floor : ours, load, extent));
        }
        List<Turn> turns = order.subList(Turn.WARM_UPS, order.size());
        List<Cost> counted = costs.subList(Turn.WARM_UPS, costs.size());
        return new RequestTrial(
                Round.of(turns, counted.stream().map(Cost::cpuMicros).toList()),
                Round.of(turns, counted.stream().map(Cost::perSecond).toList()));
    }

    private static Cost cost(Side side, Load load, Extent extent) throws IOException, InterruptedException {
        long before = side.front.workersCpuNanos();
        Done done = load.run(side.port, extent.turn());
        long nanos = side.front.workersCpuNanos() - before;
        return new Cost(nanos / 1e3 / done.count(), done.perSecond());
    }

    /** Returns medians and ratios: CPU of the floor, of ours, ratio, noise; the same of the rate. */
    List<String> cells() {
        return List.of(
                median(cpu, Round::meanFloor, "%.1f"),
                median(cpu, Round::ours, "%.1f"),
                samples(cpu, Round::ratio).withSpread("%.2f"),
                samples(cpu, Round::noise).withSpread("%.2f"),
                median(rate, Round::meanFloor, "%.0f"),
                median(rate, Round::ours, "%.0f"),
                samples(rate, Round::ratio).withSpread("%.2f"),
                samples(rate, Round::noise).withSpread("%.2f"));
    }

    private static String median(List<Round> rounds, Function<Round, Double> value, String format) {
        return String.format(Locale.ROOT, format, samples(rounds, value).median());
    }

    private static Samples samples(List<Round> rounds, Function<Round, Double> value) {
        return Samples.of(rounds.stream().map(value).toList());
    }
}
