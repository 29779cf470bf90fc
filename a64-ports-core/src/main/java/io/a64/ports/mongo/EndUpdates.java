package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.ne;
import static io.a64.ports.mongo.Expressions.NOW;
import static io.a64.ports.mongo.Expressions.REMOVE;
import static io.a64.ports.mongo.Expressions.both;
import static io.a64.ports.mongo.Expressions.choose;
import static io.a64.ports.mongo.Expressions.field;
import static io.a64.ports.mongo.Expressions.is;
import static io.a64.ports.mongo.Expressions.literal;
import static io.a64.ports.mongo.Expressions.olderThan;
import static io.a64.ports.mongo.Expressions.removing;
import static io.a64.ports.mongo.Expressions.set;

import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.WriteModel;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.Rests;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * How a hold ends. A reservation that was made from a promise or from another program's record becomes again what it
 * was; everything else is released. Who held the port is added to its history in the same write.
 */
final class EndUpdates {
    /** What comes next, while the update runs. */
    private static final String NEXT = "next";

    private static final String TO_OTHER_PROGRAM = "other";
    private static final String TO_PROMISE = "promise";
    private static final String TO_RELEASE = "release";

    /** Another program may have made a resting port active again. */
    private static final Bson RELEASED = eq(PortDocument.STATUS, PortDocument.RELEASED);

    private EndUpdates() {}

    /** Returns the update that releases a port. */
    static List<Document> release(boolean rest, String reason) {
        Document afterwards = rest
                ? new Document(PortDocument.COOLING_SINCE, ifReleased(NOW))
                : new Document(PortDocument.FREE, ifReleased(true));
        return end(next(true), reason, afterwards);
    }

    /** Returns the update that releases a port to which something else is bound. */
    static List<Document> quarantine(String evidence) {
        return end(
                next(false),
                "quarantined",
                new Document(PortDocument.QUARANTINED_SINCE, ifReleased(NOW))
                        .append(PortDocument.EVIDENCE, ifReleased(literal(evidence))));
    }

    private static Object ifReleased(Object value) {
        return choose(is(NEXT, TO_RELEASE), value, REMOVE);
    }

    private static Document next(boolean mayBePromised) {
        Document reserved =
                both(is(PortDocument.PHASE, PortDocument.RESERVED), is(PortDocument.STATUS, PortDocument.ACTIVE));
        Document unexpired = new Document("$gt", List.of(field(PortDocument.RESERVED_UNTIL), NOW));
        Document promise = mayBePromised
                ? choose(both(reserved, unexpired), TO_PROMISE, TO_RELEASE)
                : new Document("$literal", TO_RELEASE);
        return choose(both(reserved, is(PortDocument.ADOPTED, true)), TO_OTHER_PROGRAM, promise);
    }

    private static List<Document> end(Document next, String reason, Document afterwards) {
        Document fields = new Document(PortDocument.HISTORY, history(reason))
                .append(PortDocument.STATUS, choose(is(NEXT, TO_RELEASE), PortDocument.RELEASED, PortDocument.ACTIVE))
                .append(PortDocument.OWNER, perNext(REMOVE, field(PortDocument.RESERVED_BY), field(PortDocument.OWNER)))
                .append(
                        PortDocument.GENERATION,
                        choose(is(NEXT, TO_OTHER_PROGRAM), REMOVE, field(PortDocument.GENERATION)))
                .append(PortDocument.PHASE, ifPromise(PortDocument.PROMISED))
                .append(PortDocument.ALLOC_KEY, ifPromise(field(PortDocument.RESERVATION_KEY)))
                .append(PortDocument.RESERVATION_KEY, ifPromise(field(PortDocument.RESERVATION_KEY)))
                .append(PortDocument.RESERVED_UNTIL, ifPromise(field(PortDocument.RESERVED_UNTIL)))
                .append(PortDocument.RELEASED_AT, ifReleased(NOW))
                .append(PortDocument.RELEASE_REASON, ifReleased(literal(reason)));
        fields.putAll(afterwards);
        return List.of(
                set(new Document(NEXT, next)),
                set(removing(fields, PortDocument.RESERVED_BY, PortDocument.ADOPTED, PortDocument.LEASE_AT)),
                new Document("$unset", NEXT));
    }

    private static Object ifPromise(Object value) {
        return choose(is(NEXT, TO_PROMISE), value, REMOVE);
    }

    private static Document perNext(Object otherProgram, Object promise, Object release) {
        return choose(is(NEXT, TO_OTHER_PROGRAM), otherProgram, choose(is(NEXT, TO_PROMISE), promise, release));
    }

    /** Nobody held a port that was only promised, and another program holds its ports on. */
    private static Document history(String reason) {
        Document tenure = new Document(PortDocument.MODULE_NAME, field(PortDocument.MODULE_NAME))
                .append(PortDocument.INTERNAL_PORT, field(PortDocument.INTERNAL_PORT))
                .append(PortDocument.GENERATION, field(PortDocument.GENERATION))
                .append(PortDocument.OWNER, field(PortDocument.OWNER))
                .append(PortDocument.FROM, field(PortDocument.ALLOCATED_AT))
                .append(PortDocument.TO, NOW)
                .append(PortDocument.REASON, literal(reason));
        Document former =
                choose(new Document("$isArray", field(PortDocument.HISTORY)), field(PortDocument.HISTORY), List.of());
        Document longer = new Document("$concatArrays", List.of(former, List.of(tenure)));
        Document latest = new Document("$slice", List.of(longer, -PortEntry.REMEMBERED_TENURES));
        Document untold =
                new Document("$or", List.of(is(NEXT, TO_OTHER_PROGRAM), is(PortDocument.PHASE, PortDocument.PROMISED)));
        return choose(untold, field(PortDocument.HISTORY), latest);
    }

    /** Returns the statements that end what is over. */
    static List<WriteModel<Document>> sweep(Rests rests) {
        boolean rest = !rests.cooldown().isZero();
        return List.of(
                // Lapsed reservations cool down: the host that died may have started a container on them.
                new UpdateManyModel<>(olderThan(PortDocument.LEASE_AT, rests.lease()), release(rest, "lease_expired")),
                new UpdateManyModel<>(
                        and(
                                eq(PortDocument.PHASE, PortDocument.PROMISED),
                                olderThan(PortDocument.RESERVED_UNTIL, Duration.ZERO)),
                        release(false, "reservation_expired")),
                new UpdateManyModel<>(
                        and(RELEASED, olderThan(PortDocument.COOLING_SINCE, rests.cooldown())),
                        free(PortDocument.COOLING_SINCE)),
                new UpdateManyModel<>(
                        and(RELEASED, olderThan(PortDocument.QUARANTINED_SINCE, rests.quarantine())),
                        free(PortDocument.QUARANTINED_SINCE, PortDocument.EVIDENCE)));
    }

    private static List<Document> free(String... ended) {
        return List.of(set(removing(new Document(PortDocument.FREE, true), ended)));
    }

    /** Ports that another program released rest from when we first see them: it did not write down since when. */
    static WriteModel<Document> sweepForeignReleases() {
        return new UpdateManyModel<>(
                and(
                        ne(PortDocument.STATUS, PortDocument.ACTIVE),
                        exists(PortDocument.FREE, false),
                        exists(PortDocument.COOLING_SINCE, false),
                        exists(PortDocument.QUARANTINED_SINCE, false)),
                List.of(set(removing(
                        new Document(PortDocument.COOLING_SINCE, NOW)
                                .append(PortDocument.STATUS, PortDocument.RELEASED),
                        PortDocument.ADOPTED,
                        PortDocument.ALLOC_KEY,
                        PortDocument.PHASE,
                        PortDocument.LEASE_AT,
                        PortDocument.RESERVED_BY,
                        PortDocument.RESERVED_UNTIL,
                        PortDocument.RESERVATION_KEY))));
    }
}
