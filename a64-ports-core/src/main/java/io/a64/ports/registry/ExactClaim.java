package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.registry.Claim.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One attempt to get exactly the ports that are named. The local picture is not asked, because it may be old: the store
 * alone decides.
 */
final class ExactClaim {
    private final PortStore store;
    private final RegistryView view;
    private final PortRequest request;
    private final SortedMap<Integer, Integer> ports;
    private final Rests rests;
    private final Deadline deadline;
    private final ClaimedPorts claimed;
    private final Holders holders;

    ExactClaim(
            PortStore store,
            RegistryView view,
            PortRequest request,
            PortSource.Exactly source,
            Rests rests,
            Deadline deadline) {
        this.store = store;
        this.view = view;
        this.request = request;
        this.ports = source.ports();
        this.rests = rests;
        this.deadline = deadline;
        claimed = new ClaimedPorts(store, request, deadline);
        holders = new Holders(store, request, deadline);
    }

    PortAllocation run() {
        try {
            if (!claim()) {
                view.refreshNow(deadline);
                if (!claim()) {
                    throw taken();
                }
            }
            view.free().taken(ports.values());
            return new PortAllocation(request.module(), request.generation(), request.owner(), ports);
        } catch (PortException e) {
            claimed.giveBack(e);
            throw e;
        }
    }

    /**
     * Claims what the requester does not hold yet: ports that are set aside for the module, its own by the record of another
     * program, and free ones. What it holds already is not claimed again, so that a failure does not give it back.
     *
     * @return whether all ports are held now
     */
    private boolean claim() {
        holders.look();
        SortedMap<Integer, Integer> held = holders.mine();
        if (held.equals(ports)) {
            return holders.keep();
        }
        if (holders.arePromises()
                && !ports.entrySet().containsAll(holders.promised().entrySet())) {
            throw holders.conflict();
        }
        Slots slots = holders.slotsAfterTakeOver();
        List<Wish> wishes = new ArrayList<>();
        ports.forEach((internal, port) -> {
            if (!Objects.equals(held.get(internal), port)) {
                wishes.add(new Wish(internal, port, slots.of(internal), holders.whose(internal, port)));
            }
        });
        store.claim(request, wishes, deadline).stream()
                .filter(claim -> claim.outcome() == Outcome.GOT)
                .forEach(claim -> {
                    claimed.add(claim.wish());
                    held.put(claim.wish().internalPort(), claim.wish().port());
                });
        return held.equals(ports);
    }

    private PortException taken() {
        return ports.values().stream()
                .filter(port -> !claimed.ports().contains(port))
                .flatMap(port -> store.entry(port, deadline).stream())
                .findFirst()
                .map(this::taken)
                .orElseGet(this::generationTaken);
    }

    /** The ports are free, so it is the module's generation that somebody else holds, or has held until now. */
    private PortException generationTaken() {
        holders.look();
        return holders.areMine() || holders.areNone()
                ? new PortException(
                        FailureKind.CONFLICT, "ports " + ports.values() + " were taken a moment ago; try again", null)
                : holders.conflict();
    }

    private PortException taken(PortEntry entry) {
        String why = switch (entry.state()) {
            case PROMISED -> "is reserved for module " + entry.module();
            case RESERVED, BOUND -> "is held by module " + entry.module();
            case COOLING -> "cools down for another " + left(entry, rests.cooldown());
            case QUARANTINED -> "is quarantined for another " + left(entry, rests.quarantine());
        };
        return new PortException(
                FailureKind.CONFLICT,
                "port " + entry.port() + " that module " + request.module() + " asks for " + why,
                null);
    }

    private String left(PortEntry entry, Duration whole) {
        Optional<Instant> end = entry.since().map(since -> since.plus(whole));
        Duration left = end.map(instant -> Duration.between(store.now(deadline), instant))
                .orElse(whole);
        return Math.max(1, left.toSeconds()) + " s";
    }
}
