package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.a64.Deadline;
import io.a64.mongo.MongoAccess;
import io.a64.mongo.PreparedCollection;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortPool;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.SlotHolder;
import io.a64.ports.registry.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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

    MongoPortStore(MongoAccess access, String node) {
        this.access = access;
        registry = new PreparedCollection(access, PortIndexes.collection(node), PortDocument.PORT, PortIndexes.all());
        free = new FreePortDocuments(registry);
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
    public List<Claim> claim(PortRequest request, Map<Integer, Integer> ports, Deadline deadline) {
        List<Integer> internalPorts = List.copyOf(ports.keySet());
        List<UpdateOneModel<Document>> models = internalPorts.stream()
                .map(internal -> claimModel(request, internal, ports.getOrDefault(internal, 0)))
                .toList();
        Outcome[] outcomes = registry.call("claim ports", deadline, (collection, run) -> {
            Outcome[] all = new Outcome[models.size()];
            Arrays.fill(all, Outcome.GOT);
            for (BulkWriteError error : writeErrors(collection, models)) {
                all[error.getIndex()] = outcome(error.getMessage());
            }
            return all;
        });
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            int internal = internalPorts.get(i);
            claims.add(new Claim(internal, ports.getOrDefault(internal, 0), outcomes[i]));
        }
        return claims;
    }

    private static UpdateOneModel<Document> claimModel(PortRequest request, int internalPort, int port) {
        return new UpdateOneModel<>(
                PortUpdates.claimable(request, internalPort, port),
                PortUpdates.reserve(request, internalPort),
                new UpdateOptions().upsert(true));
    }

    /** Returns the duplicate keys that the statements ran into; anything else that is wrong is thrown. */
    private static List<BulkWriteError> writeErrors(
            MongoCollection<Document> collection, List<UpdateOneModel<Document>> models) {
        try {
            collection.bulkWrite(models, new BulkWriteOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null || !PortIndexes.isOnlyDuplicates(e)) {
                throw e;
            }
            return e.getWriteErrors();
        }
    }

    /** The driver keeps of the server's answer only its text, which names the index. */
    private static Outcome outcome(String message) {
        return message.contains("index: " + PortIndexes.SLOT) ? Outcome.SLOT_TAKEN : Outcome.PORT_TAKEN;
    }

    @Override
    public Optional<Claim> takeLowest(PortRequest request, int internalPort, PortPool pool, Deadline deadline) {
        return free.takeLowest(request, internalPort, pool, deadline);
    }

    @Override
    public List<SlotHolder> holders(PortRequest request, Deadline deadline) {
        return registry.call(
                "find the holders of ports",
                deadline,
                (collection, run) -> collection
                        .find(in(PortDocument.ALLOC_KEY, Slots.keys(request)))
                        .map(PortDocument::holder)
                        .into(new ArrayList<>()));
    }

    @Override
    public boolean keep(PortAllocation allocation, Deadline deadline) {
        BulkWriteResult result = update(
                "keep ports",
                allocation,
                deadline,
                port -> new UpdateOneModel<>(PortUpdates.heldBy(allocation.owner(), port), PortUpdates.keep()));
        return isComplete(result, allocation);
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        BulkWriteResult result = update(
                "confirm ports",
                allocation,
                deadline,
                port -> new UpdateOneModel<>(PortUpdates.heldBy(allocation.owner(), port), PortUpdates.bind()));
        if (!isComplete(result, allocation)) {
            unbind(result, allocation, deadline);
        }
        return isComplete(result, allocation);
    }

    /** Undoes a confirmation that found only some of the ports, unless they were bound before. */
    private void unbind(BulkWriteResult result, PortAllocation allocation, Deadline deadline) {
        if (result.getModifiedCount() > 0 && result.getModifiedCount() == result.getMatchedCount()) {
            update(
                    "undo a confirmation of ports",
                    allocation,
                    deadline,
                    port -> new UpdateOneModel<>(
                            PortUpdates.heldBy(allocation.owner(), port, PortDocument.BOUND), PortUpdates.unbind()));
        }
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        Bson reserved = and(
                in(PortDocument.PORT, allocation.ports().values()),
                eq(PortDocument.OWNER, allocation.owner()),
                eq(PortDocument.PHASE, PortDocument.RESERVED));
        long held = registry.call(
                "find reserved ports", deadline, (collection, run) -> collection.countDocuments(reserved));
        if (held < allocation.ports().size()) {
            return false;
        }
        BulkWriteResult result = update(
                "renew ports",
                allocation,
                deadline,
                port -> new UpdateOneModel<>(
                        PortUpdates.heldBy(allocation.owner(), port, PortDocument.RESERVED),
                        PortUpdates.restartLease()));
        return isComplete(result, allocation);
    }

    @Override
    public boolean release(PortAllocation allocation, boolean rest, Deadline deadline) {
        BulkWriteResult result = update(
                "release ports",
                allocation,
                deadline,
                port -> new UpdateOneModel<>(
                        PortUpdates.heldBy(allocation.owner(), port), PortUpdates.release(rest, "released")));
        return result.getMatchedCount() > 0;
    }

    private static boolean isComplete(BulkWriteResult result, PortAllocation allocation) {
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
        return registry.call(
                what,
                deadline,
                (collection, run) -> collection.bulkWrite(statements, new BulkWriteOptions().ordered(false)));
    }

    @Override
    public void sweep(Duration lease, Duration cooldown, boolean thorough, Deadline deadline) {
        List<WriteModel<Document>> statements = new ArrayList<>();
        statements.add(PortUpdates.sweepLeases(lease, cooldown));
        statements.add(PortUpdates.sweepCooldowns(cooldown));
        if (thorough) {
            statements.add(PortUpdates.sweepForeignReleases());
        }
        BulkWriteResult result =
                registry.call("sweep ports", deadline, (collection, run) -> collection.bulkWrite(statements));
        LOG.debug("Swept {} ports", result.getModifiedCount());
    }

    @Override
    public Duration sweepInterval() {
        return SWEEP_INTERVAL;
    }

    @Override
    public BitSet free(PortPool pool, Deadline deadline) {
        return free.read(pool, deadline);
    }

    @Override
    public List<PortEntry> entries(Deadline deadline) {
        return registry.call(
                "read the port registry",
                deadline,
                (collection, run) -> collection
                        .find(and(gte(PortDocument.PORT, 1), ne(PortDocument.FREE, true)))
                        .sort(Sorts.ascending(PortDocument.PORT))
                        .hint(PortIndexes.BY_PORT)
                        .map(PortDocument::entry)
                        .into(new ArrayList<>()));
    }

    @Override
    public void close() {
        access.close();
    }
}
