package io.a64.examples.benchmarks.ports;

import com.mongodb.client.MongoDatabase;
import io.a64.examples.benchmarks.report.Samples;
import io.a64.examples.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/** What {@code statistics()} costs, against a bare read of the same documents. */
final class StatisticsCall {

    private static final int CALLS = 31;

    private StatisticsCall() {}

    /** Measures a full registry; bare read and ours take turns. */
    static Table table(MongoDatabase database, Extent extent) {
        Registry registry = Registry.open(database, "statistics", extent.ports());
        registry.occupy(extent.ports(), extent.ports());
        List<Double> bare = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            double floor = Stopwatch.millis(
                    () -> database.getCollection(registry.collection()).find().into(new ArrayList<Document>()));
            double own = Stopwatch.millis(registry::statistics);
            bare.add(floor);
            ours.add(own);
            ratios.add(own / floor);
        }
        return new Table(
                        "statistics() of " + extent.ports() + " active ports: median (min–max) of " + CALLS + " calls",
                        "bare read, ms",
                        "ours, ms",
                        "ours / bare read")
                .row(
                        Samples.of(bare).withSpread("%.1f"),
                        Samples.of(ours).withSpread("%.1f"),
                        Samples.of(ratios).withSpread("%.2f"));
    }
}
