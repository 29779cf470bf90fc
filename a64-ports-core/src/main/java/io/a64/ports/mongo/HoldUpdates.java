package io.a64.ports.mongo;

import static io.a64.ports.mongo.Expressions.NOW;
import static io.a64.ports.mongo.Expressions.REMOVE;
import static io.a64.ports.mongo.Expressions.choose;
import static io.a64.ports.mongo.Expressions.field;
import static io.a64.ports.mongo.Expressions.is;
import static io.a64.ports.mongo.Expressions.later;
import static io.a64.ports.mongo.Expressions.removing;
import static io.a64.ports.mongo.Expressions.set;

import java.time.Duration;
import java.util.List;
import org.bson.Document;

/** What happens to a port while it is held. */
final class HoldUpdates {
    private HoldUpdates() {}

    static List<Document> restartLease() {
        return List.of(set(new Document(PortDocument.LEASE_AT, NOW)));
    }

    static List<Document> extend(Duration ttl) {
        return List.of(set(new Document(PortDocument.RESERVED_UNTIL, later(ttl))));
    }

    /** Starts the lease of a reservation anew and leaves a bound port as it is, but for a majority's word on it. */
    static List<Document> keep() {
        return List.of(set(new Document(
                PortDocument.LEASE_AT, choose(is(PortDocument.PHASE, PortDocument.RESERVED), NOW, REMOVE))));
    }

    /**
     * Binds a reserved port, and leaves a bound one exactly as it is, so that the answer tells them apart. What the port was
     * before it was reserved stays written down, in case that the confirmation has to be undone.
     */
    static List<Document> bind() {
        Document confirmedAt = new Document("$ifNull", List.of(field(PortDocument.CONFIRMED_AT), NOW));
        return List.of(set(removing(
                new Document(PortDocument.PHASE, PortDocument.BOUND).append(PortDocument.CONFIRMED_AT, confirmedAt),
                PortDocument.LEASE_AT)));
    }

    static List<Document> unbind() {
        return List.of(set(removing(
                new Document(PortDocument.PHASE, PortDocument.RESERVED).append(PortDocument.LEASE_AT, NOW),
                PortDocument.CONFIRMED_AT)));
    }
}
