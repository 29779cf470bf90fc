package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One attempt to set all ports of one request aside, or none. Reservations are rare, so a port that another host was
 * quicker to claim simply costs another look.
 */
final class PromiseRun {
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
                    return false;
                }
            }
            return true;
        } catch (PortException e) {
            claimed.giveBack(e);
            view.offer(claimed.ports());
            throw e;
        }
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
        Map<Integer, Integer> picks = view.free().pick(open, area);
        try {
            if (picks.size() < open.size()) {
                throw PortException.exhausted(
                        Counts.of(area, claimed.others(store.entries(deadline))),
                        request.internalPorts().size());
            }
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

    private List<Claim> promise(List<Wish> wishes) {
        List<Claim> claims = wishes.isEmpty() ? List.of() : store.promise(request, wishes, ttl, deadline);
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
