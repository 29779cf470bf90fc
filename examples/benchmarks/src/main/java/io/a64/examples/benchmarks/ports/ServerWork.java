package io.a64.examples.benchmarks.ports;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * What the server says about itself, counted since it started.
 *
 * @param writeNanos time that it spent on writes to one collection, before it waited for journal and majority
 * @param cpuNanos what its process used of the processors, for whomever
 */
record ServerWork(long writeNanos, long cpuNanos) {

    private static final Bson LATENCIES = new Document("$collStats", new Document("latencyStats", new Document()));

    static ServerWork read(Connection connection, String collection) {
        MongoDatabase database = connection.database();
        long micros = database.getCollection(collection)
                .aggregate(List.of(LATENCIES, Aggregates.project(new Document("latencyStats.writes.latency", 1))))
                .map(answer -> answer.getEmbedded(List.of("latencyStats", "writes", "latency"), Long.class))
                .first();
        Document process =
                connection.admin().runCommand(new Document("serverStatus", 1)).get("extra_info", Document.class);
        long cpuMicros = number(process, "user_time_us") + number(process, "system_time_us");
        return new ServerWork(micros * 1000, cpuMicros * 1000);
    }

    private static long number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : 0;
    }

    ServerWork minus(ServerWork before) {
        return new ServerWork(writeNanos - before.writeNanos, cpuNanos - before.cpuNanos);
    }
}
