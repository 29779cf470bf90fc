package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.registry.Claim.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One attempt to set all ports of one request aside, or none. Reservations are rare, so a port that another host was
 * quicker to claim simply costs another look.
 */
final class PromiseRun {
    private static final Duration HALF_MADE = Duration.ofMinutes(1);

    private final PortStore store;
    private final RegistryView view;
    private final PortArea area;
    private final PortRequest request;
    private final Duration ttl;
    private final Deadline deadline;
    private final ClaimedPorts claimed;
    private final Set<Integer> missing;

    PromiseRun(
            PortStore store, RegistryView view, PortArea area, PortRequest request, Duration ttl, Deadline deadline) {
        this.store = store;
        this.view = view;
        this.area = area;
        this.request = request;
        this.ttl = ttl;
        this.deadline = deadline;
        claimed = new ClaimedPorts(store, request, deadline);
        missing = new HashSet<>(request.internalPorts());
    }

    /** Returns whether the ports are set aside; false if the module holds its generation already. */
    boolean run() {
        try {
            while (!missing.isEmpty()) {
                if (deadline.hasPassed()) {
                    throw new PortException(
                            FailureKind.DEADLINE_EXCEEDED,
                            "ports for module " + request.module() + " were not all reserved by the deadline",
                            null);
                }
                if (!promise()) {
                    claimed.giveBack();
                    view.offer(claimed.ports());
                    return false;
                }
            }
            return ttl.equals(atFirst()) || lastFully();
        } catch (PortException e) {
            claimed.giveBack(e);
            view.offer(claimed.ports());
            throw e;
        }
    }

    /** Until it is complete it lasts for a short time only: who dies half way leaves nothing behind. */
    private Duration atFirst() {
        return ttl.compareTo(HALF_MADE) < 0 ? ttl : HALF_MADE;
    }

    private boolean lastFully() {
        return store.extend(claimed.allocation(), ttl, deadline);
    }

    /**
     * Sets aside what is missing: the port with the slot last, so that whoever meets the slot sees the whole reservation.
     *
     * @return false if the slot is taken
     */
    private boolean promise() {
        view.refreshNow(deadline);
        List<Integer> open =
                request.internalPorts().stream().filter(missing::contains).toList();
        Map<Integer, Integer> picks = picks(open);
        try {
            List<Wish> wishes = Slots.firstOnly(request).wishes(picks, open);
            promise(wishes.stream().filter(wish -> wish.slot().isEmpty()).toList());
            return missing.size() > 1
                    || promise(wishes.stream()
                                    .filter(wish -> !wish.slot().isEmpty())
                                    .toList())
                            .stream()
                            .noneMatch(claim -> claim.outcome() == Outcome.SLOT_TAKEN);
        } finally {
            view.free().settled(picks.values());
            view.offer(picks.values().stream()
                    .filter(port -> !claimed.ports().contains(port))
                    .toList());
        }
    }

    private Map<Integer, Integer> picks(List<Integer> open) {
        if (request.source() instanceof PortSource.Exactly exactly) {
            requireFree(exactly.ports().values());
            SortedMap<Integer, Integer> wanted = new TreeMap<>(exactly.ports());
            wanted.keySet().retainAll(open);
            return wanted;
        }
        Map<Integer, Integer> picks = view.free().pick(open, area);
        if (picks.size() < open.size()) {
            view.free().settled(picks.values());
            view.offer(picks.values());
            throw PortException.exhausted(
                    Counts.of(area, claimed.others(store.entries(deadline))),
                    request.internalPorts().size());
        }
        return picks;
    }

    private void requireFree(Collection<Integer> ports) {
        ports.stream()
                .filter(port -> !claimed.ports().contains(port))
                .flatMap(port -> store.entry(port, deadline).stream())
                .findFirst()
                .ifPresent(entry -> {
                    throw new PortException(
                            FailureKind.CONFLICT,
                            "port " + entry.port() + " that module " + request.module() + " asks for is not free: "
                                    + entry.state() + " by module " + entry.module(),
                            null);
                });
    }

    private List<Claim> promise(List<Wish> wishes) {
        List<Claim> claims = wishes.isEmpty() ? List.of() : store.promise(request, wishes, atFirst(), deadline);
        claims.stream()
                .filter(claim -> claim.outcome() == Outcome.GOT)
                .map(Claim::wish)
                .forEach(wish -> {
                    claimed.add(wish);
                    missing.remove(wish.internalPort());
                });
        return claims;
    }
}
