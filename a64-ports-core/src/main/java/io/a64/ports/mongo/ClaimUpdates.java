package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static io.a64.ports.mongo.Expressions.NOW;
import static io.a64.ports.mongo.Expressions.REMOVE;
import static io.a64.ports.mongo.Expressions.later;
import static io.a64.ports.mongo.Expressions.literal;
import static io.a64.ports.mongo.Expressions.removing;
import static io.a64.ports.mongo.Expressions.set;

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
    private ClaimUpdates() {}

    /** Returns the statement that reserves a port. */
    static UpdateOneModel<Document> claim(PortRequest request, Wish wish) {
        return upsert(claimable(request, wish, PortDocument.RESERVED), reserve(request, wish));
    }

    /** Returns the statement that promises a port. */
    static UpdateOneModel<Document> promise(PortRequest request, Wish wish, Duration ttl) {
        return upsert(claimable(request, wish, PortDocument.PROMISED), promised(request, wish, ttl));
    }

    /** As an upsert it adds a port that was never used, and runs into the unique index if the port is taken. */
    private static UpdateOneModel<Document> upsert(Bson filter, List<Document> update) {
        return new UpdateOneModel<>(filter, update, new UpdateOptions().upsert(true));
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
        return eq(PortDocument.FREE, true);
    }

    static Bson freeIn(BitSet among) {
        return and(eq(PortDocument.FREE, true), or(ranges(among)));
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

    static List<Document> reserve(PortRequest request, Wish wish) {
        Document fields = held(request, wish, PortDocument.RESERVED)
                .append(PortDocument.ALLOC_KEY, literal(wish.slot()))
                .append(PortDocument.LEASE_AT, NOW);
        if (wish.from() instanceof Wish.From.Reservation reservation) {
            fields.append(PortDocument.ALLOCATED_AT, NOW)
                    .append(PortDocument.RESERVED_BY, literal(reservation.owner()))
                    .append(PortDocument.RESERVATION_KEY, literal(wish.slot()));
        } else if (wish.from() instanceof Wish.From.OtherProgram) {
            fields.append(PortDocument.ADOPTED, true);
        } else {
            fields.append(PortDocument.ALLOCATED_AT, NOW);
        }
        return List.of(set(fields));
    }

    private static List<Document> promised(PortRequest request, Wish wish, Duration ttl) {
        Object key = wish.slot().isEmpty() ? REMOVE : literal(wish.slot());
        return List.of(set(held(request, wish, PortDocument.PROMISED)
                .append(PortDocument.ALLOC_KEY, key)
                .append(PortDocument.RESERVATION_KEY, key)
                .append(PortDocument.ALLOCATED_AT, NOW)
                .append(PortDocument.RESERVED_UNTIL, later(ttl))));
    }

    private static Document held(PortRequest request, Wish wish, String phase) {
        Document fields = new Document(PortDocument.MODULE_NAME, literal(request.module()))
                .append(PortDocument.INTERNAL_PORT, wish.internalPort())
                .append(PortDocument.STATUS, PortDocument.ACTIVE)
                .append(PortDocument.PHASE, phase)
                .append(PortDocument.OWNER, literal(request.owner()))
                .append(PortDocument.GENERATION, request.generation());
        return removing(
                fields,
                PortDocument.FREE,
                PortDocument.COOLING_SINCE,
                PortDocument.CONFIRMED_AT,
                PortDocument.RELEASED_AT,
                PortDocument.RELEASE_REASON);
    }
}
