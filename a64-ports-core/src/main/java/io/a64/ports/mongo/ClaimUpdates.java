package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.currentDate;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static io.a64.ports.mongo.Expressions.NOW;
import static io.a64.ports.mongo.Expressions.REMOVE;
import static io.a64.ports.mongo.Expressions.choose;
import static io.a64.ports.mongo.Expressions.later;
import static io.a64.ports.mongo.Expressions.literal;
import static io.a64.ports.mongo.Expressions.removing;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How a port comes to be held: the filters say when it may, the updates what it is afterwards. */
final class ClaimUpdates {
    /** What says how a port was held before, so that it can become again what it was. */
    private static final List<String> ORIGIN = List.of(
            PortDocument.ADOPTED, PortDocument.RESERVED_BY, PortDocument.RESERVED_UNTIL, PortDocument.RESERVATION_KEY);

    private static final List<String> NOT_OF_A_HELD_PORT = List.of(
            PortDocument.FREE,
            PortDocument.COOLING_SINCE,
            PortDocument.CONFIRMED_AT,
            PortDocument.RELEASED_AT,
            PortDocument.RELEASE_REASON);

    private ClaimUpdates() {}

    /** Returns the statement that reserves a port. */
    static UpdateOneModel<Document> claim(PortRequest request, Wish wish) {
        Bson claimable = claimable(request, wish, PortDocument.RESERVED);
        return wish.from() instanceof Wish.From.OtherProgram
                ? new UpdateOneModel<>(claimable, adopt(request, wish), upsert())
                : new UpdateOneModel<>(claimable, reserve(request, wish), upsert());
    }

    /** Returns the statement that promises a port. */
    static UpdateOneModel<Document> promise(PortRequest request, Wish wish, Duration ttl) {
        return new UpdateOneModel<>(
                claimable(request, wish, PortDocument.PROMISED), promised(request, wish, ttl), upsert());
    }

    /** As an upsert it adds a port that was never used, and runs into the unique index if the port is taken. */
    private static UpdateOptions upsert() {
        return new UpdateOptions().upsert(true);
    }

    /**
     * Matches the port if it is what the wish says, or if this claim has got it already and the answer was lost. A bound
     * port is not matched: a late repetition must not turn it back into a reservation.
     */
    private static Bson claimable(PortRequest request, Wish wish, String phase) {
        Bson mine = and(
                eq(PortDocument.OWNER, request.owner()),
                eq(PortDocument.PHASE, phase),
                eq(PortDocument.INTERNAL_PORT, wish.internalPort()));
        return and(eq(PortDocument.PORT, wish.port()), or(whose(request, wish), mine));
    }

    private static Bson whose(PortRequest request, Wish wish) {
        if (wish.from() instanceof Wish.From.Reservation reservation) {
            return and(
                    eq(PortDocument.PHASE, PortDocument.PROMISED),
                    eq(PortDocument.OWNER, reservation.owner()),
                    eq(PortDocument.MODULE_NAME, request.module()));
        }
        if (wish.from() instanceof Wish.From.OtherProgram) {
            return and(
                    PortFilters.FOREIGN,
                    eq(PortDocument.MODULE_NAME, request.module()),
                    eq(PortDocument.INTERNAL_PORT, wish.internalPort()));
        }
        return PortFilters.FREE;
    }

    static Bson freeIn(BitSet among) {
        return and(PortFilters.FREE, or(ranges(among)));
    }

    private static List<Bson> ranges(BitSet ports) {
        List<Bson> ranges = new ArrayList<>();
        for (int first = ports.nextSetBit(0); first >= 0; ) {
            int end = ports.nextClearBit(first);
            ranges.add(and(gte(PortDocument.PORT, first), lte(PortDocument.PORT, end - 1)));
            first = ports.nextSetBit(end);
        }
        return ranges;
    }

    /** Needs no expression, and so no pipeline, which would cost the server half as much again. */
    static Bson reserve(PortRequest request, Wish wish) {
        List<Bson> updates = new ArrayList<>(List.of(
                set(PortDocument.MODULE_NAME, request.module()),
                set(PortDocument.INTERNAL_PORT, wish.internalPort()),
                set(PortDocument.STATUS, PortDocument.ACTIVE),
                set(PortDocument.PHASE, PortDocument.RESERVED),
                set(PortDocument.OWNER, request.owner()),
                set(PortDocument.GENERATION, request.generation()),
                set(PortDocument.ALLOC_KEY, wish.slot()),
                currentDate(PortDocument.LEASE_AT)));
        NOT_OF_A_HELD_PORT.forEach(field -> updates.add(unset(field)));
        updates.addAll(origin(wish));
        return combine(updates);
    }

    private static List<Bson> origin(Wish wish) {
        if (wish.from() instanceof Wish.From.Reservation reservation) {
            return List.of(
                    currentDate(PortDocument.ALLOCATED_AT),
                    set(PortDocument.RESERVED_BY, reservation.owner()),
                    set(PortDocument.RESERVATION_KEY, wish.slot()));
        }
        List<Bson> updates = new ArrayList<>(List.of(currentDate(PortDocument.ALLOCATED_AT)));
        ORIGIN.forEach(field -> updates.add(unset(field)));
        return updates;
    }

    /** A's port keeps the time since when A held it; what A has deleted meanwhile is not A's any more. */
    private static List<Document> adopt(PortRequest request, Wish wish) {
        Document gone =
                new Document("$eq", List.of(new Document("$type", Expressions.field(PortDocument.STATUS)), "missing"));
        Document since = new Document("$ifNull", List.of(Expressions.field(PortDocument.ALLOCATED_AT), NOW));
        Document fields = held(request, wish, PortDocument.RESERVED)
                .append(PortDocument.ALLOC_KEY, literal(wish.slot()))
                .append(PortDocument.LEASE_AT, NOW)
                .append(PortDocument.ALLOCATED_AT, since)
                .append(PortDocument.ADOPTED, choose(gone, REMOVE, true));
        return List.of(Expressions.set(removing(fields, NOT_OF_A_HELD_PORT)));
    }

    private static Document held(PortRequest request, Wish wish, String phase) {
        return new Document(PortDocument.MODULE_NAME, literal(request.module()))
                .append(PortDocument.INTERNAL_PORT, wish.internalPort())
                .append(PortDocument.STATUS, PortDocument.ACTIVE)
                .append(PortDocument.PHASE, phase)
                .append(PortDocument.OWNER, literal(request.owner()))
                .append(PortDocument.GENERATION, request.generation());
    }

    private static List<Document> promised(PortRequest request, Wish wish, Duration ttl) {
        Object key = wish.slot().isEmpty() ? REMOVE : literal(wish.slot());
        Document fields = held(request, wish, PortDocument.PROMISED)
                .append(PortDocument.ALLOC_KEY, key)
                .append(PortDocument.RESERVATION_KEY, key)
                .append(PortDocument.ALLOCATED_AT, NOW)
                .append(PortDocument.RESERVED_UNTIL, later(ttl));
        return List.of(Expressions.set(removing(fields, NOT_OF_A_HELD_PORT)));
    }
}
