package io.a64.mongo;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;
import org.bson.Document;

/**
 * A collection in which one field is unique. The indexes are created and the unique one is checked before the first
 * use; without it nothing works, because it is the judge of who holds what. Safe for use by several threads.
 */
public final class PreparedCollection {
    /** IndexOptionsConflict (same index under another name), IndexKeySpecsConflict (other options). */
    private static final Set<Integer> INDEX_CONFLICTS = Set.of(85, 86);

    private static final int SAME_INDEX_OTHER_NAME = 85;

    private static final int SHOWN = 20;

    private final MongoAccess access;
    private final String name;
    private final String uniqueField;
    private final List<IndexModel> moreIndexes;
    private final ReentrantLock preparing = new ReentrantLock();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private volatile boolean prepared;
    private volatile String uniqueIndex;

    /**
     * Does nothing yet.
     *
     * @param uniqueField the field that no two documents may share
     * @param moreIndexes other indexes, each with a name
     */
    public PreparedCollection(MongoAccess access, String name, String uniqueField, List<IndexModel> moreIndexes) {
        this.access = access;
        this.name = name;
        this.uniqueField = uniqueField;
        uniqueIndex = uniqueField + "_1";
        this.moreIndexes = List.copyOf(moreIndexes);
    }

    /**
     * Runs an operation on the collection, as {@link MongoAccess#call} does.
     *
     * @param what what is done, for the message
     * @param operation gets the collection, with the time that is left, and the number of runs before this one
     */
    public <T> T call(String what, Deadline deadline, Operation<T> operation) {
        if (!prepared) {
            prepareOnce(deadline);
        }
        try {
            return access.call(what, deadline, run -> operation.apply(access.collection(name, deadline), run));
        } catch (A64Exception e) {
            // The collection may have been dropped, and the indexes with it: look again before the next use.
            if (e.kind() == FailureKind.INTERNAL) {
                prepared = false;
            }
            throw e;
        }
    }

    /**
     * Returns the name of the unique index, by which a query names it even if there is another index on the same field;
     * known as soon as an operation runs.
     */
    public String uniqueIndex() {
        return uniqueIndex;
    }

    /** Opens a session for operations that follow each other, see {@link MongoAccess#openSession}. */
    public MongoSession openSession() {
        return access.openSession();
    }

    /** Prepares the collection once more; to be called when it may have been dropped, and its indexes with it. */
    public void prepareAgain(Deadline deadline) {
        prepared = false;
        prepareOnce(deadline);
    }

    /** An operation that may be run again. */
    @FunctionalInterface
    public interface Operation<T> {
        /** Runs it. */
        T apply(MongoCollection<Document> collection, int run);
    }

    private void prepareOnce(Deadline deadline) {
        boolean locked = false;
        try {
            locked = preparing.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (locked && !prepared) {
                access.call("prepare collection " + name, deadline, run -> prepare(deadline));
                prepared = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                preparing.unlock();
            }
        }
        if (!prepared) {
            throw access.failure(
                    FailureKind.DEADLINE_EXCEEDED, "collection " + name + " was not prepared by the deadline");
        }
    }

    private boolean prepare(Deadline deadline) {
        MongoCollection<Document> collection = access.collection(name, deadline);
        try {
            uniqueIndex = collection.createIndex(
                    Indexes.ascending(uniqueField),
                    new IndexOptions().name(uniqueField + "_1").unique(true));
        } catch (DuplicateKeyException e) {
            throw notUnique("holds values of " + uniqueField + " twice: " + duplicates(collection));
        } catch (MongoCommandException e) {
            if (!INDEX_CONFLICTS.contains(e.getCode())) {
                throw e;
            }
            uniqueIndex = requireUniqueIndex(collection);
        }
        for (IndexModel index : moreIndexes) {
            names.put(String.valueOf(index.getOptions().getName()), prepare(collection, index));
        }
        return true;
    }

    /** Accepts an index that somebody else created under another name, and returns the name. */
    private static String prepare(MongoCollection<Document> collection, IndexModel index) {
        String name = String.valueOf(index.getOptions().getName());
        try {
            collection.createIndexes(List.of(index));
            return name;
        } catch (MongoCommandException e) {
            if (e.getCode() != SAME_INDEX_OTHER_NAME) {
                throw e;
            }
            BsonDocument key = index.getKeys().toBsonDocument();
            for (Document other : collection.listIndexes()) {
                if (other.get("key", Document.class).keySet().equals(key.keySet())) {
                    return other.getString("name");
                }
            }
            throw e;
        }
    }

    /** Returns the name under which an index exists. */
    public String index(String ownName) {
        return names.getOrDefault(ownName, ownName);
    }

    /** Accepts a unique index that somebody else created under another name, and returns the name. */
    private String requireUniqueIndex(MongoCollection<Document> collection) {
        for (Document index : collection.listIndexes()) {
            boolean sameKey = new Document(uniqueField, 1).equals(index.get("key"))
                    || new Document(uniqueField, 1.0).equals(index.get("key"));
            if (sameKey
                    && Boolean.TRUE.equals(index.getBoolean("unique"))
                    && !index.containsKey("partialFilterExpression")) {
                return index.getString("name");
            }
        }
        throw notUnique("has an index on " + uniqueField + " that is not unique; values held twice: "
                + duplicates(collection) + "; drop that index");
    }

    private RuntimeException notUnique(String problem) {
        return access.failure(
                FailureKind.INTERNAL, "collection " + name + " " + problem + "; remove what is double and try again");
    }

    private List<Object> duplicates(MongoCollection<Document> collection) {
        List<Object> values = new ArrayList<>();
        collection
                .aggregate(List.of(
                        Aggregates.group("$" + uniqueField, Accumulators.sum("count", 1)),
                        Aggregates.match(Filters.gt("count", 1)),
                        Aggregates.sort(Sorts.ascending("_id")),
                        Aggregates.limit(SHOWN)))
                .forEach(group -> values.add(group.get("_id")));
        return values;
    }
}
