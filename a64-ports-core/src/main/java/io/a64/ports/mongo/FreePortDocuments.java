package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import io.a64.Deadline;
import io.a64.mongo.PreparedCollection;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The documents of ports that are free, and how they are read and added. */
final class FreePortDocuments {
    /** How many documents of free ports are added when there is none left to take. */
    private static final int GROWTH = 256;

    private static final int ALL_PORTS = 65536;

    private final PreparedCollection registry;

    FreePortDocuments(PreparedCollection registry) {
        this.registry = registry;
    }

    /** Adds documents for the lowest ports that have none; another host may do the same at the same time. */
    void grow(BitSet among, Deadline deadline) {
        BitSet missing = (BitSet) among.clone();
        missing.andNot(ports(spanning(among), registry::uniqueIndex, deadline));
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

    /** Returns those ports of the set that are free; two reads of an index alone. */
    BitSet read(BitSet among, Deadline deadline) {
        BitSet taken = ports(spanning(among), registry::uniqueIndex, deadline);
        if (taken.isEmpty()) {
            registry.prepareAgain(deadline);
        }
        taken.andNot(ports(
                and(eq(PortDocument.FREE, true), spanning(among)), () -> registry.index(PortIndexes.FREE), deadline));
        BitSet free = (BitSet) among.clone();
        free.andNot(taken);
        return free;
    }

    private static Bson spanning(BitSet ports) {
        return PortFilters.between(Math.max(1, ports.nextSetBit(0)), Math.max(1, ports.length() - 1));
    }

    /** Reads ports from an index alone, in one batch. */
    private BitSet ports(Bson filter, Supplier<String> index, Deadline deadline) {
        return registry.call("read ports", deadline, (collection, run) -> {
            BitSet ports = new BitSet();
            collection
                    .find(filter)
                    .projection(Projections.fields(Projections.include(PortDocument.PORT), Projections.excludeId()))
                    .hintString(index.get())
                    .batchSize(ALL_PORTS)
                    .forEach(document -> ports.set(PortDocument.port(document)));
            return ports;
        });
    }
}
