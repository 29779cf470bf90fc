package io.a64.ports.mongo;

import io.a64.ports.PortTenure;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortEntry.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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
    /** {@link #PROMISED}, {@link #RESERVED} or {@link #BOUND}; there only while it is held, and not in A's documents. */
    static final String PHASE = "phase";

    static final String PROMISED = "promised";
    static final String RESERVED = "reserved";
    static final String BOUND = "bound";

    /** When the lease of a reservation began. */
    static final String LEASE_AT = "lease_at";

    /** When a promise ends, also while a deployment has taken it over. */
    static final String RESERVED_UNTIL = "reserved_until";
    /** The reservation that a deployment has taken over. */
    static final String RESERVED_BY = "reserved_by";
    /** The slot that a port of a reservation holds, also while a deployment has taken it over. */
    static final String RESERVATION_KEY = "reservation_key";
    /** True while a deployment holds a port that was A's. */
    static final String ADOPTED = "adopted";

    static final String CONFIRMED_AT = "confirmed_at";
    static final String RELEASED_AT = "released_at";
    static final String RELEASE_REASON = "release_reason";
    /** When the cooldown began; there only while it lasts. */
    static final String COOLING_SINCE = "cooling_since";
    /** True if the port may be given out again; otherwise absent. */
    static final String FREE = "free";

    /** When the quarantine began; there only while it lasts. */
    static final String QUARANTINED_SINCE = "quarantined_since";
    /** What was bound to a port in quarantine. */
    static final String EVIDENCE = "evidence";
    /** Who held it before: module, internal port, generation, owner and the following. */
    static final String HISTORY = "history";

    static final String FROM = "from";
    static final String TO = "to";
    static final String REASON = "reason";

    private PortDocument() {}

    static int port(Document document) {
        return number(document, PORT);
    }

    static PortEntry entry(Document document) {
        State state = state(document);
        return new PortEntry(
                port(document),
                state,
                text(document, MODULE_NAME),
                number(document, INTERNAL_PORT),
                number(document, GENERATION),
                document.containsKey(PHASE) || !ACTIVE.equals(document.get(STATUS)) ? text(document, OWNER) : "",
                text(document, ALLOC_KEY),
                time(document, ALLOCATED_AT).orElse(Instant.EPOCH),
                time(document, since(state)));
    }

    private static State state(Document document) {
        if (!ACTIVE.equals(document.get(STATUS))) {
            return document.containsKey(QUARANTINED_SINCE) ? State.QUARANTINED : State.COOLING;
        }
        return switch (text(document, PHASE)) {
            case PROMISED -> State.PROMISED;
            case RESERVED -> State.RESERVED;
            default -> State.BOUND;
        };
    }

    private static String since(State state) {
        return switch (state) {
            case PROMISED -> RESERVED_UNTIL;
            case RESERVED -> LEASE_AT;
            case BOUND -> CONFIRMED_AT;
            case COOLING -> COOLING_SINCE;
            case QUARANTINED -> QUARANTINED_SINCE;
        };
    }

    /** Returns who held the port, and who holds it. What lacks a beginning is left out. */
    static List<PortTenure> tenures(Document document) {
        List<PortTenure> tenures = new ArrayList<>();
        List<?> history = document.get(HISTORY) instanceof List<?> list ? list : List.of();
        for (Object former : history) {
            if (former instanceof Document tenure) {
                time(tenure, FROM)
                        .ifPresent(from -> tenures.add(
                                tenure(document, tenure, from, time(tenure, TO), Optional.of(text(tenure, REASON)))));
            }
        }
        if (ACTIVE.equals(document.get(STATUS)) && !PROMISED.equals(document.get(PHASE))) {
            time(document, ALLOCATED_AT)
                    .ifPresent(
                            from -> tenures.add(tenure(document, document, from, Optional.empty(), Optional.empty())));
        }
        return tenures;
    }

    private static PortTenure tenure(
            Document port, Document tenure, Instant from, Optional<Instant> to, Optional<String> reason) {
        return new PortTenure(
                port(port),
                text(tenure, MODULE_NAME),
                number(tenure, INTERNAL_PORT),
                number(tenure, GENERATION),
                from,
                to,
                reason);
    }

    private static Optional<Instant> time(Document document, String field) {
        return document.get(field) instanceof Date date ? Optional.of(date.toInstant()) : Optional.empty();
    }

    private static String text(Document document, String field) {
        return document.get(field) instanceof String text ? text : "";
    }

    private static int number(Document document, String field) {
        return document.get(field) instanceof Number number ? number.intValue() : 0;
    }
}
