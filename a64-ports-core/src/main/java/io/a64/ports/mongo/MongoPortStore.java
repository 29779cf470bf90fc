package io.a64.ports.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.a64.Deadline;
import io.a64.mongo.MongoAccess;
import io.a64.mongo.PreparedCollection;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.Rests;
import io.a64.ports.registry.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port registry as documents, one per port that was ever used, and reused in place. */
final class MongoPortStore implements PortStore {
    static final String NAME = "mongodb";

    private static final Logger LOG = LoggerFactory.getLogger(MongoPortStore.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(5);

    private final MongoAccess access;
    private final PreparedCollection registry;
    private final FreePortDocuments free;
    private final PortClaims claims;

    MongoPortStore(MongoAccess access, String node) {
        this.access = access;
        registry = new PreparedCollection(access, PortIndexes.collection(node), PortDocument.PORT, PortIndexes.all());
        free = new FreePortDocuments(registry);
        claims = new PortClaims(registry, free);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ping(Deadline deadline) {
        access.ping(deadline);
    }

    @Override
    public List<Claim> claim(PortRequest request, List<Wish> wishes, Deadline deadline) {
        return claims.claim(
                request,
                wishes,
                wishes.stream().map(wish -> ClaimUpdates.claim(request, wish)).toList(),
                deadline);
    }

    @Override
    public List<Claim> promise(PortRequest request, List<Wish> wishes, Duration ttl, Deadline deadline) {
        return claims.claim(
                request,
                wishes,
                wishes.stream()
                        .map(wish -> ClaimUpdates.promise(request, wish, ttl))
                        .toList(),
                deadline);
    }

    @Override
    public Optional<Claim> takeLowest(PortRequest request, Wish wish, BitSet among, Deadline deadline) {
        return claims.takeLowest(request, wish, among, deadline);
    }

    @Override
    public List<PortEntry> heldBy(String module, Deadline deadline) {
        return entries(PortFilters.ofModule(module), () -> registry.index(PortIndexes.BY_MODULE), deadline);
    }

    @Override
    public Optional<PortEntry> entry(int port, Deadline deadline) {
        return entries(
                        Filters.and(PortFilters.NOT_FREE, Filters.eq(PortDocument.PORT, port)),
                        registry::uniqueIndex,
                        deadline)
                .stream()
                .findFirst();
    }

    @Override
    public boolean keep(PortAllocation allocation, Deadline deadline) {
        return isComplete(
                allocation,
                update(
                        "keep ports",
                        allocation,
                        deadline,
                        port -> statement(PortFilters.held(allocation, port), HoldUpdates.keep())));
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        BulkWriteResult result = update(
                "confirm ports",
                allocation,
                deadline,
                port -> statement(
                        PortFilters.held(allocation, port, PortDocument.RESERVED, PortDocument.BOUND),
                        HoldUpdates.bind()));
        if (!isComplete(allocation, result)) {
            unbind(result, allocation, deadline);
        }
        return isComplete(allocation, result);
    }

    /** Undoes a confirmation that found only some of the ports, unless they were bound before. */
    private void unbind(BulkWriteResult result, PortAllocation allocation, Deadline deadline) {
        if (result.getModifiedCount() > 0 && result.getModifiedCount() == result.getMatchedCount()) {
            update(
                    "undo a confirmation of ports",
                    allocation,
                    deadline,
                    port -> statement(PortFilters.held(allocation, port, PortDocument.BOUND), HoldUpdates.unbind()));
        }
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        return changeAll("renew ports", allocation, PortDocument.RESERVED, HoldUpdates.restartLease(), deadline);
    }

    @Override
    public boolean extend(PortAllocation promises, Duration ttl, Deadline deadline) {
        return changeAll("extend a reservation", promises, PortDocument.PROMISED, HoldUpdates.extend(ttl), deadline);
    }

    /** Changes the ports if all are held in this phase. */
    private boolean changeAll(
            String what, PortAllocation allocation, String phase, List<Document> change, Deadline deadline) {
        List<Bson> held = allocation.ports().values().stream()
                .map(port -> PortFilters.held(allocation, port, phase))
                .toList();
        long found = registry.call(what, deadline, (collection, run) -> collection.countDocuments(Filters.or(held)));
        return found == held.size()
                && isComplete(
                        allocation,
                        update(
                                what,
                                allocation,
                                deadline,
                                port -> statement(PortFilters.held(allocation, port, phase), change)));
    }

    @Override
    public boolean release(PortAllocation allocation, boolean rest, Deadline deadline) {
        BulkWriteResult result = update(
                "release ports",
                allocation,
                deadline,
                port -> statement(PortFilters.held(allocation, port), EndUpdates.release(rest, "released")));
        return result.getMatchedCount() > 0;
    }

    @Override
    public boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline) {
        BulkWriteResult result = update(
                "quarantine ports",
                allocation.only(evidence.keySet()),
                deadline,
                port -> statement(
                        PortFilters.held(allocation, port), EndUpdates.quarantine(evidence.getOrDefault(port, ""))));
        return result.getMatchedCount() > 0;
    }

    private static UpdateOneModel<Document> statement(Bson filter, List<Document> update) {
        return new UpdateOneModel<>(filter, update);
    }

    private static boolean isComplete(PortAllocation allocation, BulkWriteResult result) {
        return result.getMatchedCount() == allocation.ports().size();
    }

    /** One statement per port in one bulk, and not one for all: only such a bulk is repeated safely by the driver. */
    private BulkWriteResult update(
            String what,
            PortAllocation allocation,
            Deadline deadline,
            IntFunction<UpdateOneModel<Document>> statement) {
        List<UpdateOneModel<Document>> statements = allocation.ports().values().stream()
                .map(port -> statement.apply(port))
                .toList();
        if (statements.isEmpty()) {
            return BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of());
        }
        return registry.call(
                what,
                deadline,
                (collection, run) -> collection.bulkWrite(statements, new BulkWriteOptions().ordered(false)));
    }

    @Override
    public void sweep(Rests rests, boolean thorough, Deadline deadline) {
        List<WriteModel<Document>> statements = new ArrayList<>(EndUpdates.sweep(rests));
        if (thorough) {
            statements.add(EndUpdates.sweepForeignReleases());
        }
        BulkWriteResult result =
                registry.call("sweep ports", deadline, (collection, run) -> sweep(collection, statements));
        LOG.debug("Swept {} ports", result.getModifiedCount());
    }

    /** A document that cannot be swept must not keep every host from handing out ports. */
    private static BulkWriteResult sweep(MongoCollection<Document> collection, List<WriteModel<Document>> statements) {
        try {
            return collection.bulkWrite(statements, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw e;
            }
            LOG.warn("Not everything could be swept in {}: {}", collection.getNamespace(), e.getWriteErrors());
            return e.getWriteResult();
        }
    }

    @Override
    public Duration sweepInterval() {
        return SWEEP_INTERVAL;
    }

    @Override
    public BitSet free(BitSet among, Deadline deadline) {
        return free.read(among, deadline);
    }

    @Override
    public List<PortEntry> foreign(Deadline deadline) {
        return entries(PortFilters.FOREIGN, registry::uniqueIndex, deadline);
    }

    @Override
    public List<PortEntry> entries(Deadline deadline) {
        return entries(PortFilters.NOT_FREE, registry::uniqueIndex, deadline);
    }

    private List<PortEntry> entries(Bson filter, Supplier<String> index, Deadline deadline) {
        List<PortEntry> entries = registry.call(
                "read the port registry",
                deadline,
                (collection, run) -> collection
                        .find(filter)
                        .projection(Projections.exclude(PortDocument.HISTORY, PortDocument.EVIDENCE))
                        .hintString(index.get())
                        .map(PortDocument::entry)
                        .into(new ArrayList<>()));
        // Not by the server: where the index is not in this order, it would have to sort in its memory.
        entries.sort(Comparator.comparingInt(PortEntry::port));
        return entries;
    }

    @Override
    public List<PortTenure> tenures(Deadline deadline) {
        List<PortTenure> tenures = new ArrayList<>();
        return registry.call("read the history of ports", deadline, (collection, run) -> {
            tenures.clear();
            collection
                    .find(PortFilters.ALL)
                    .hintString(registry.uniqueIndex())
                    .forEach(document -> tenures.addAll(PortDocument.tenures(document)));
            return tenures;
        });
    }

    @Override
    public Instant now(Deadline deadline) {
        return access.serverTime(deadline);
    }

    @Override
    public void close() {
        access.close();
    }
}
