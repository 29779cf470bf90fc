package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import io.a64.ports.PortAllocation;
import org.bson.conversions.Bson;

/** Which documents are meant. */
final class PortFilters {
    /**
     * Held by the record of another program, which knows no phases; it may have been ours before, so that it has an
     * owner or counted as free.
     */
    static final Bson FOREIGN = and(
            gte(PortDocument.PORT, 1), eq(PortDocument.STATUS, PortDocument.ACTIVE), exists(PortDocument.PHASE, false));

    /** May be given out: the word of another program that it is active counts more than ours that it is free. */
    static final Bson FREE = and(eq(PortDocument.FREE, true), eq(PortDocument.STATUS, PortDocument.RELEASED));

    /** Every document of a port that is not free. */
    static final Bson NOT_FREE = and(
            gte(PortDocument.PORT, 1), or(ne(PortDocument.FREE, true), eq(PortDocument.STATUS, PortDocument.ACTIVE)));

    static final Bson ALL = gte(PortDocument.PORT, 1);

    private PortFilters() {}

    static Bson between(int first, int last) {
        return and(gte(PortDocument.PORT, first), lte(PortDocument.PORT, last));
    }

    static Bson ofModule(String module) {
        return and(
                eq(PortDocument.MODULE_NAME, module),
                eq(PortDocument.STATUS, PortDocument.ACTIVE),
                gte(PortDocument.PORT, 1));
    }

    /** Matches a port of the allocation while its owner holds it, in whatever phase. */
    static Bson held(PortAllocation allocation, int port) {
        return and(
                eq(PortDocument.PORT, port),
                eq(PortDocument.OWNER, allocation.owner()),
                eq(PortDocument.GENERATION, allocation.generation()),
                eq(PortDocument.STATUS, PortDocument.ACTIVE));
    }

    /** Matches a port of the allocation while its owner holds it in one of these phases. */
    static Bson held(PortAllocation allocation, int port, String... phases) {
        return and(held(allocation, port), in(PortDocument.PHASE, phases));
    }
}
