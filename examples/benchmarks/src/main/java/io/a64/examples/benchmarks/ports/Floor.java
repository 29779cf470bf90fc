package io.a64.examples.benchmarks.ports;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.currentDate;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.a64.ports.PortRange;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The least that writes down who has a port: one upsert by {@code _id}, acknowledged as ours is. It never asks whether
 * a port is free, because it has a perfect list of the free ones.
 */
final class Floor implements Subject {

    private static final Bson GIVE_BACK = combine(set("status", "released"), currentDate("released_at"));
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final MongoCollection<Document> collection;
    private final IntFunction<Bson> take;
    private final Queue<Integer> free = new ConcurrentLinkedQueue<>();

    private Floor(MongoCollection<Document> collection, IntFunction<Bson> take) {
        this.collection = collection;
        this.take = take;
    }

    /** Creates a floor in a collection of its own, in which the same ports are taken as in the registry. */
    static Floor beside(Registry registry, MongoDatabase database) {
        Bson fields = combine(
                set("module_name", "floor"),
                set("internal_port", 1),
                set("status", "active"),
                currentDate("allocated_at"));
        return new Floor(collection(database, "floor_" + registry.node()), port -> fields).filledLike(registry);
    }

    /** Creates a floor that writes all fields of ours and maintains all of our indexes: what these cost by themselves. */
    static Floor indexed(Registry registry, MongoDatabase database) {
        MongoCollection<Document> registered = database.getCollection(registry.collection());
        MongoCollection<Document> collection = collection(database, "floor_indexed_" + registry.node());
        for (Document index : registered.listIndexes()) {
            if (!"_id_".equals(index.getString("name"))) {
                collection.createIndex(
                        index.get("key", Document.class),
                        new IndexOptions()
                                .name(index.getString("name"))
                                .unique(index.getBoolean("unique", false))
                                .sparse(index.getBoolean("sparse", false)));
            }
        }
        Document fields = registry.sample();
        fields.remove("_id");
        return new Floor(
                        collection,
                        port -> new Document(
                                "$set",
                                new Document(fields)
                                        .append("port", port)
                                        .append("alloc_key", registry.node() + "|" + port)))
                .filledLike(registry);
    }

    private static MongoCollection<Document> collection(MongoDatabase database, String name) {
        MongoCollection<Document> collection =
                database.getCollection(name).withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        collection.drop();
        return collection;
    }

    private Floor filledLike(Registry registry) {
        PortRange range = registry.allocator().settings().range();
        Set<Integer> taken = registry.taken();
        List<UpdateOneModel<Document>> upserts = taken.stream()
                .map(port -> new UpdateOneModel<Document>(eq("_id", port), take.apply(port), UPSERT))
                .toList();
        if (!upserts.isEmpty()) {
            collection.bulkWrite(upserts);
        }
        IntStream.rangeClosed(range.first(), range.last())
                .filter(port -> !taken.contains(port))
                .forEach(free::add);
        return this;
    }

    String collection() {
        return collection.getNamespace().getCollectionName();
    }

    @Override
    public Held take() {
        int port = free.remove();
        collection.updateOne(eq("_id", port), take.apply(port), UPSERT);
        return () -> {
            collection.updateOne(eq("_id", port), GIVE_BACK);
            free.add(port);
        };
    }
}
