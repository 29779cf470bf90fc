package io.a64.examples.benchmarks.ports;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.currentDate;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The least that writes down who has a port: one upsert by {@code _id} on a collection without another index,
 * acknowledged as ours is. It never asks whether a port is free, because it has a perfect list of the free ones.
 */
final class Floor implements Subject {

    private static final Bson TAKE = combine(
            set("module_name", "floor"), set("internal_port", 1), set("status", "active"), currentDate("allocated_at"));
    private static final Bson GIVE_BACK = combine(set("status", "released"), currentDate("released_at"));
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final MongoCollection<Document> collection;
    private final Queue<Integer> free = new ConcurrentLinkedQueue<>();

    private Floor(MongoCollection<Document> collection) {
        this.collection = collection;
    }

    /** Creates a floor in a collection of its own, in which the same ports are taken as in the registry. */
    static Floor beside(Registry registry, MongoDatabase database) {
        MongoCollection<Document> collection = database.getCollection("floor_" + registry.node())
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        collection.drop();
        Set<Integer> taken = registry.taken();
        if (!taken.isEmpty()) {
            collection.insertMany(taken.stream()
                    .map(port -> new Document("_id", port)
                            .append("module_name", "floor")
                            .append("internal_port", 1)
                            .append("status", "active"))
                    .toList());
        }
        Floor floor = new Floor(collection);
        var range = registry.allocator().settings().range();
        IntStream.rangeClosed(range.first(), range.last())
                .filter(port -> !taken.contains(port))
                .forEach(floor.free::add);
        return floor;
    }

    @Override
    public Held take() {
        int port = free.remove();
        collection.updateOne(eq("_id", port), TAKE, UPSERT);
        return () -> {
            collection.updateOne(eq("_id", port), GIVE_BACK);
            free.add(port);
        };
    }
}
