package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import io.a64.Deadline;
import io.a64.mongo.PreparedCollection;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.PortPool;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The documents of ports that are free, and how they are taken and added. */
final class FreePortDocuments {
    /** How many documents of free ports are added when there is none left to take. */
    private static final int GROWTH = 256;

    private static final int ALL_PORTS = 65536;

    private final PreparedCollection registry;

    FreePortDocuments(PreparedCollection registry) {
        this.registry = registry;
    }

    /** See {@link io.a64.ports.registry.PortStore#takeLowest}; extends the registry if nothing is left in it. */
    Optional<Claim> takeLowest(PortRequest request, int internalPort, PortPool pool, Deadline deadline) {
        Optional<Claim> claim = take(request, internalPort, pool, deadline);
        if (claim.isPresent()) {
            return claim;
        }
        grow(pool, deadline);
        return take(request, internalPort, pool, deadline);
    }

    private Optional<Claim> take(PortRequest request, int internalPort, PortPool pool, Deadline deadline) {
        FindOneAndUpdateOptions lowest = new FindOneAndUpdateOptions()
                .sort(Sorts.ascending(PortDocument.PORT))
                .hint(PortIndexes.FREE)
                .returnDocument(ReturnDocument.AFTER);
        return registry.call("take a port", deadline, (collection, run) -> {
            try {
                Document taken = collection.findOneAndUpdate(
                        PortUpdates.freeIn(pool), PortUpdates.reserve(request, internalPort), lowest);
                return Optional.ofNullable(taken)
                        .map(document -> new Claim(internalPort, PortDocument.port(document), Outcome.GOT));
            } catch (MongoCommandException e) {
                if (e.getCode() != PortIndexes.DUPLICATE_KEY) {
                    throw e;
                }
                return Optional.of(new Claim(internalPort, 0, Outcome.SLOT_TAKEN));
            }
        });
    }

    /** Adds documents for the lowest ports that have none; another host may do the same at the same time. */
    private void grow(PortPool pool, Deadline deadline) {
        BitSet missing = pool.toBitSet();
        missing.andNot(ports(inRange(pool.range()), PortIndexes.BY_PORT, deadline));
        List<Document> free = missing.stream()
                .limit(GROWTH)
                .mapToObj(port -> new Document(PortDocument.PORT, port)
                        .append(PortDocument.STATUS, PortDocument.RELEASED)
                        .append(PortDocument.FREE, true))
                .toList();
        if (!free.isEmpty()) {
            insertMissing(free, deadline);
        }
    }

    private void insertMissing(List<Document> free, Deadline deadline) {
        registry.call("add free ports", deadline, (collection, run) -> {
            try {
                return collection
                        .insertMany(free, new InsertManyOptions().ordered(false))
                        .wasAcknowledged();
            } catch (MongoBulkWriteException e) {
                if (e.getWriteConcernError() != null || !PortIndexes.isOnlyDuplicates(e)) {
                    throw e;
                }
                return false;
            }
        });
    }

    /** Returns the free ports of the pool; two reads of an index alone. */
    BitSet read(PortPool pool, Deadline deadline) {
        BitSet taken = ports(inRange(pool.range()), PortIndexes.BY_PORT, deadline);
        if (taken.isEmpty()) {
            registry.prepareAgain(deadline);
        }
        taken.andNot(ports(and(eq(PortDocument.FREE, true), inRange(pool.range())), PortIndexes.FREE, deadline));
        BitSet free = pool.toBitSet();
        free.andNot(taken);
        return free;
    }

    private static Bson inRange(PortRange range) {
        return and(gte(PortDocument.PORT, range.first()), lte(PortDocument.PORT, range.last()));
    }

    /** Reads ports from an index alone, in one batch. */
    private BitSet ports(Bson filter, Bson index, Deadline deadline) {
        return registry.call("read ports", deadline, (collection, run) -> {
            BitSet ports = new BitSet();
            collection
                    .find(filter)
                    .projection(Projections.fields(Projections.include(PortDocument.PORT), Projections.excludeId()))
                    .hint(index)
                    .batchSize(ALL_PORTS)
                    .forEach(document -> ports.set(PortDocument.port(document)));
            return ports;
        });
    }
}
