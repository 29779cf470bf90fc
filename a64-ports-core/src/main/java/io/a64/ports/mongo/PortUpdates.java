package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.expr;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.type;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.currentDate;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static io.a64.ports.mongo.PortDocument.ACTIVE;
import static io.a64.ports.mongo.PortDocument.ALLOCATED_AT;
import static io.a64.ports.mongo.PortDocument.ALLOC_KEY;
import static io.a64.ports.mongo.PortDocument.BOUND;
import static io.a64.ports.mongo.PortDocument.CONFIRMED_AT;
import static io.a64.ports.mongo.PortDocument.COOLING_SINCE;
import static io.a64.ports.mongo.PortDocument.FREE;
import static io.a64.ports.mongo.PortDocument.GENERATION;
import static io.a64.ports.mongo.PortDocument.INTERNAL_PORT;
import static io.a64.ports.mongo.PortDocument.LEASE_AT;
import static io.a64.ports.mongo.PortDocument.MODULE_NAME;
import static io.a64.ports.mongo.PortDocument.OWNER;
import static io.a64.ports.mongo.PortDocument.PHASE;
import static io.a64.ports.mongo.PortDocument.PORT;
import static io.a64.ports.mongo.PortDocument.RELEASED;
import static io.a64.ports.mongo.PortDocument.RELEASED_AT;
import static io.a64.ports.mongo.PortDocument.RELEASE_REASON;
import static io.a64.ports.mongo.PortDocument.RESERVED;
import static io.a64.ports.mongo.PortDocument.STATUS;

import com.mongodb.client.model.UpdateManyModel;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.PortPool;
import io.a64.ports.registry.Slots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The filters and updates of the registry. Every time in them is the server's. */
final class PortUpdates {
    private static final String NOW = "$$NOW";
    private static final String REMOVE = "$$REMOVE";

    private PortUpdates() {}

    /**
     * Matches a port that is free, or that this claim has got already and whose answer was lost. A bound port is not
     * matched: a late repetition must not turn it back into a reservation. As an upsert it adds a port that was never
     * used, and runs into the unique index if the port is taken.
     */
    static Bson claimable(PortRequest request, int internalPort, int port) {
        Bson mine =
                and(eq(OWNER, request.owner()), eq(PHASE, RESERVED), eq(ALLOC_KEY, Slots.key(request, internalPort)));
        return and(eq(PORT, port), or(eq(FREE, true), mine));
    }

    static Bson freeIn(PortPool pool) {
        return and(eq(FREE, true), or(ranges(pool.toBitSet())));
    }

    private static List<Bson> ranges(BitSet ports) {
        List<Bson> ranges = new ArrayList<>();
        for (int first = ports.nextSetBit(0); first >= 0; ) {
            int end = ports.nextClearBit(first);
            ranges.add(and(gte(PORT, first), lte(PORT, end - 1)));
            first = ports.nextSetBit(end);
        }
        return ranges;
    }

    static Bson reserve(PortRequest request, int internalPort) {
        return combine(
                set(MODULE_NAME, request.module()),
                set(INTERNAL_PORT, internalPort),
                set(STATUS, ACTIVE),
                set(PHASE, RESERVED),
                set(OWNER, request.owner()),
                set(GENERATION, request.generation()),
                set(ALLOC_KEY, Slots.key(request, internalPort)),
                unset(FREE),
                unset(COOLING_SINCE),
                unset(CONFIRMED_AT),
                unset(RELEASED_AT),
                unset(RELEASE_REASON),
                currentDate(ALLOCATED_AT),
                currentDate(LEASE_AT));
    }

    static Bson heldBy(String owner, int port) {
        return and(eq(PORT, port), eq(OWNER, owner), eq(STATUS, ACTIVE));
    }

    static Bson heldBy(String owner, int port, String phase) {
        return and(heldBy(owner, port), eq(PHASE, phase));
    }

    static Bson restartLease() {
        return currentDate(LEASE_AT);
    }

    /** Starts the lease of a reservation anew and leaves a bound port as it is, but for a majority's word on it. */
    static List<Bson> keep() {
        Document reserved = new Document("$eq", List.of("$" + PHASE, RESERVED));
        return List.of(set(LEASE_AT, new Document("$cond", List.of(reserved, NOW, REMOVE))));
    }

    /** Binds a reserved port, and leaves a bound one exactly as it is, so that the answer tells them apart. */
    static List<Bson> bind() {
        Document confirmedAt = new Document("$ifNull", List.of("$" + CONFIRMED_AT, NOW));
        return List.of(combine(set(PHASE, BOUND), set(CONFIRMED_AT, confirmedAt), set(LEASE_AT, REMOVE)));
    }

    static Bson unbind() {
        return combine(set(PHASE, RESERVED), unset(CONFIRMED_AT), currentDate(LEASE_AT));
    }

    static Bson release(boolean rest, String reason) {
        Bson rested = rest ? currentDate(COOLING_SINCE) : combine(set(FREE, true), unset(COOLING_SINCE));
        return combine(
                set(STATUS, RELEASED),
                set(RELEASE_REASON, reason),
                currentDate(RELEASED_AT),
                rested,
                unset(ALLOC_KEY),
                unset(PHASE),
                unset(LEASE_AT));
    }

    /** Lapsed reservations cool down: the host that died may have started a container on them. */
    static UpdateManyModel<Document> sweepLeases(Duration lease, Duration cooldown) {
        return new UpdateManyModel<>(olderThan(LEASE_AT, lease), release(!cooldown.isZero(), "lease_expired"));
    }

    static UpdateManyModel<Document> sweepCooldowns(Duration cooldown) {
        return new UpdateManyModel<>(
                olderThan(COOLING_SINCE, cooldown), combine(set(FREE, true), unset(COOLING_SINCE)));
    }

    /** Ports that another program released rest from when we first see them: it did not write down since when. */
    static UpdateManyModel<Document> sweepForeignReleases() {
        return new UpdateManyModel<>(
                and(eq(STATUS, RELEASED), exists(FREE, false), exists(COOLING_SINCE, false)),
                combine(currentDate(COOLING_SINCE), unset(ALLOC_KEY), unset(PHASE), unset(LEASE_AT)));
    }

    /** The check of the type keeps documents out that lack the field: in an expression they count as older. */
    private static Bson olderThan(String field, Duration age) {
        Document limit = new Document("$subtract", List.of(NOW, age.toMillis()));
        return and(type(field, "date"), expr(new Document("$lte", List.of("$" + field, limit))));
    }
}
