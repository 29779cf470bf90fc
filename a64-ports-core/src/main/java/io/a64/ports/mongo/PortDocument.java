package io.a64.ports.mongo;

import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.registry.SlotHolder;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/**
 * The fields of a document of {@code port_registry}: those of source system A, and ours. Documents that other programs
 * wrote are read as far as they go; their numbers may be of any numeric type.
 */
final class PortDocument {
    /** A: the external port, unique. */
    static final String PORT = "port";
    /** A: the module that holds it or held it last. */
    static final String MODULE_NAME = "module_name";
    /** A: the port inside the container. */
    static final String INTERNAL_PORT = "internal_port";
    /** A: since when it is held. */
    static final String ALLOCATED_AT = "allocated_at";
    /** A: {@link #ACTIVE} or {@link #RELEASED}. */
    static final String STATUS = "status";

    static final String ACTIVE = "active";
    static final String RELEASED = "released";

    /** The deployment that holds it. */
    static final String OWNER = "owner";
    /** The generation of the module. */
    static final String GENERATION = "generation";
    /** The slot it is held for; unique, and there only while it is held. */
    static final String ALLOC_KEY = "alloc_key";
    /** {@link #RESERVED} or {@link #BOUND}, there only while it is held. */
    static final String PHASE = "phase";

    static final String RESERVED = "reserved";
    static final String BOUND = "bound";

    /** When the lease of a reservation began. */
    static final String LEASE_AT = "lease_at";

    static final String CONFIRMED_AT = "confirmed_at";
    static final String RELEASED_AT = "released_at";
    static final String RELEASE_REASON = "release_reason";
    /** When the cooldown began; there only while it lasts. */
    static final String COOLING_SINCE = "cooling_since";
    /** True if the port may be given out again; otherwise absent. */
    static final String FREE = "free";

    private PortDocument() {}

    static int port(Document document) {
        return number(document, PORT);
    }

    static PortEntry entry(Document document) {
        return new PortEntry(
                port(document),
                state(document),
                text(document, MODULE_NAME),
                number(document, INTERNAL_PORT),
                document.get(ALLOCATED_AT) instanceof Date date ? date.toInstant() : Instant.EPOCH);
    }

    private static State state(Document document) {
        if (!ACTIVE.equals(document.get(STATUS))) {
            return State.COOLING;
        }
        return RESERVED.equals(document.get(PHASE)) ? State.RESERVED : State.BOUND;
    }

    static SlotHolder holder(Document document) {
        return new SlotHolder(
                text(document, ALLOC_KEY), text(document, OWNER), number(document, INTERNAL_PORT), port(document));
    }

    private static String text(Document document, String field) {
        return document.get(field) instanceof String text ? text : "";
    }

    private static int number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.intValue() : 0;
    }
}
