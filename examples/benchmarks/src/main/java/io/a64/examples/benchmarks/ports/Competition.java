package io.a64.examples.benchmarks.ports;

import com.mongodb.client.MongoDatabase;
import io.a64.examples.benchmarks.ports.Competitor.Try;
import io.a64.examples.benchmarks.report.Table;
import java.io.IOException;
import java.util.List;

/** What allocations take when processes compete for the same ports. */
final class Competition {

    private static final int PROCESSES = 4;
    private static final int THREADS = 4;

    private final MongoDatabase database;
    private final Extent extent;
    private final Table table = new Table(
            PROCESSES + " processes × " + THREADS + " threads on one registry",
            "what they do",
            "allocations",
            "round trips: median / max (number ×how often)",
            "ports lost to another process",
            "ports held twice",
            "ports leaked");

    private Competition(MongoDatabase database, Extent extent) {
        this.database = database;
        this.extent = extent;
    }

    static Table table(MongoDatabase database, Extent extent) throws IOException, InterruptedException {
        Competition competition = new Competition(database, extent);
        competition.run("fill an empty registry, 1 port each", 1, true, 0);
        competition.run("fill an empty registry, 3 ports each", 3, true, 0);
        int free = 2 * PROCESSES * THREADS;
        competition.run("take and give back 1 of the last " + free, 1, false, extent.ports() - free);
        return competition.table;
    }

    private void run(String what, int ports, boolean keeps, int taken) throws IOException, InterruptedException {
        String node = "contest-" + (keeps ? "keep-" : "churn-") + ports;
        Registry registry = Registry.open(database, node, extent.ports());
        registry.occupy(taken, taken);
        Contest contest =
                new Contest(database.getName(), node, extent.ports(), ports, THREADS, extent.contest(), keeps);
        List<Try> tries = contest.hold(PROCESSES);
        Distribution roundTrips =
                Distribution.of(tries.stream().map(Try::roundTrips).toList());
        int lost = tries.stream().mapToInt(Try::lost).sum();
        List<Integer> kept =
                tries.stream().flatMap(each -> each.kept().stream()).toList();
        long distinct = kept.stream().distinct().count();
        table.row(
                what,
                tries.size(),
                roundTrips.median() + " / " + roundTrips.max() + " (" + roundTrips + ")",
                lost,
                kept.size() - distinct,
                registry.statistics().totalAllocated() - taken - distinct);
    }
}
