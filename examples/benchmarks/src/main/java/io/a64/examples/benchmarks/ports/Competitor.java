package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.ports.Commands.Tally;
import io.a64.ports.PortAllocation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * One of several processes that compete for the ports of a registry; started by {@link Contest}. Says {@code ready},
 * waits for a line, allocates, and prints one line per allocation, see {@link Try}.
 */
final class Competitor {

    private final Contest contest;
    private final Registry registry;
    private final Commands commands;

    private Competitor(Contest contest, Connection connection) {
        this.contest = contest;
        registry = Registry.open(connection.database(), contest.node(), contest.range());
        commands = connection.commands();
    }

    /** Takes the arguments that {@link Contest#arguments} gives. */
    public static void main(String[] arguments) throws Exception {
        Contest contest = Contest.of(List.of(arguments));
        try (Connection connection = Connection.counted(contest.database())) {
            new Competitor(contest, connection).compete();
        }
    }

    private void compete() throws IOException, InterruptedException, ExecutionException {
        registry.statistics();
        System.out.println("ready");
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        ExecutorService threads = Executors.newFixedThreadPool(contest.threads());
        try {
            Callable<List<Try>> part = this::tries;
            List<Future<List<Try>>> all = threads.invokeAll(
                    IntStream.range(0, contest.threads()).mapToObj(i -> part).toList());
            for (Future<List<Try>> each : all) {
                each.get().forEach(System.out::println);
            }
        } finally {
            threads.shutdown();
        }
    }

    private List<Try> tries() {
        List<Try> tries = new ArrayList<>();
        for (int i = 0; i < contest.allocations(); i++) {
            List<PortAllocation> held = new ArrayList<>();
            Tally tally = commands.of(() -> held.add(registry.allocate(contest.ports())));
            List<Integer> ports = List.copyOf(held.get(0).ports().values());
            tries.add(new Try(tally.roundTrips(), tally.refused(), contest.keeps() ? ports : List.of()));
            if (!contest.keeps()) {
                held.forEach(registry::release);
            }
        }
        return tries;
    }

    /**
     * One allocation.
     *
     * @param roundTrips what it took
     * @param lost ports that another process was quicker to claim
     * @param kept the ports that are held from now on
     */
    record Try(int roundTrips, int lost, List<Integer> kept) {

        /** Reads what {@link #toString} wrote. */
        static Try parse(String line) {
            List<Integer> numbers =
                    List.of(line.split(" ", -1)).stream().map(Integer::valueOf).toList();
            return new Try(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size()));
        }

        @Override
        public String toString() {
            StringBuilder line =
                    new StringBuilder().append(roundTrips).append(' ').append(lost);
            kept.forEach(port -> line.append(' ').append(port));
            return line.toString();
        }
    }
}
