package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.registry.Claim.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One attempt to get all ports of one request, or none. Ordinarily one round trip: the lowest ports of the local
 * picture are claimed at once. Ports that another host was quicker to claim are replaced one by one by the lowest free
 * port as the store sees it, which cannot be lost again.
 */
final class ClaimRun {
    private final PortStore store;
    private final RegistryView view;
    private final RegistryEvents events;
    private final PortArea area;
    private final PortRequest request;
    private final Deadline deadline;
    private final Holders holders;
    private final SortedMap<Integer, Integer> held = new TreeMap<>();
    private final ClaimedPorts claimed;

    private Slots slots;
    private boolean swept;
    private boolean looked;

    ClaimRun(
            PortStore store,
            RegistryView view,
            RegistryEvents events,
            PortArea area,
            PortRequest request,
            Deadline deadline) {
        this.store = store;
        this.view = view;
        this.events = events;
        this.area = area;
        this.request = request;
        this.deadline = deadline;
        holders = new Holders(store, request, deadline);
        claimed = new ClaimedPorts(store, request, deadline);
        slots = Slots.of(request);
    }

    PortAllocation run() {
        try {
            boolean mustLook = claimAtOnce();
            while (mustLook || !missing().isEmpty()) {
                requireTime();
                mustLook = (mustLook && resolveHolders()) || takeMissing();
            }
            return new PortAllocation(request.module(), request.generation(), request.owner(), held);
        } catch (PortException e) {
            claimed.giveBack(e);
            view.offer(claimed.ports());
            throw e;
        }
    }

    /** Claims, in one round trip, what other programs hold for the module already, and free ports for the rest. */
    private boolean claimAtOnce() {
        List<Wish> wishes = new ArrayList<>(foreign());
        List<Integer> open = missing().stream()
                .filter(internal -> wishes.stream().noneMatch(wish -> wish.internalPort() == internal))
                .toList();
        boolean straight = open.size() == 1 && view.isContended();
        Map<Integer, Integer> picks = straight ? Map.of() : view.free().pick(open, area);
        wishes.addAll(slots.wishes(picks, open));
        if (wishes.isEmpty()) {
            return false;
        }
        try {
            return note(store.claim(request, wishes, deadline));
        } finally {
            view.free().settled(picks.values());
        }
    }

    private List<Wish> foreign() {
        SortedMap<Integer, Wish> lowest = new TreeMap<>();
        for (PortEntry entry : view.foreign()) {
            int internal = entry.internalPort();
            if (entry.module().equals(request.module())
                    && (request.source() instanceof PortSource.Assigned || area.contains(entry.port()))
                    && request.internalPorts().contains(internal)
                    && !lowest.containsKey(internal)) {
                lowest.put(
                        internal, new Wish(internal, entry.port(), slots.of(internal), new Wish.From.OtherProgram()));
            }
        }
        return List.copyOf(lowest.values());
    }

    /**
     * Takes the lowest free port for each missing one, in the module's order, until a slot turns out to be taken. If
     * nothing is free, what is missing may be what the module holds already, or what is set aside for it.
     *
     * @return whether the holders must be looked at
     */
    private boolean takeMissing() {
        for (int internalPort : missing()) {
            Optional<Claim> claim = lowest(internalPort);
            if (claim.isEmpty() && looked) {
                throw exhausted();
            }
            if (claim.isEmpty() || note(List.of(claim.get()))) {
                return true;
            }
        }
        return false;
    }

    private Optional<Claim> lowest(int internalPort) {
        Optional<Claim> claim = view.free().mayHave(area) ? take(internalPort) : Optional.empty();
        if (claim.isEmpty() && !swept) {
            sweep();
            claim = view.free().mayHave(area) ? take(internalPort) : Optional.empty();
        }
        return claim;
    }

    private Optional<Claim> take(int internalPort) {
        Wish wish = Wish.free(internalPort, 0, slots.of(internalPort));
        for (BitSet tier : area.tiers()) {
            Optional<Claim> claim = tier.isEmpty() ? Optional.empty() : store.takeLowest(request, wish, tier, deadline);
            if (claim.isPresent()) {
                claim.filter(taken -> taken.outcome() == Outcome.GOT)
                        .ifPresent(taken -> view.free().lowestWas(taken.wish().port(), tier));
                return claim;
            }
        }
        return Optional.empty();
    }

    private void sweep() {
        swept = true;
        view.refreshNow(deadline);
    }

    /** Remembers what was got; returns whether a slot was taken, in which case the port itself was not. */
    private boolean note(List<Claim> claims) {
        boolean slotTaken = false;
        for (Claim claim : claims) {
            Wish wish = claim.wish();
            if (claim.outcome() == Outcome.GOT) {
                held.put(wish.internalPort(), wish.port());
                claimed.add(wish);
                events.noteTaken(area, wish.port(), view.free());
            } else if (claim.outcome() == Outcome.PORT_TAKEN) {
                view.lost();
            } else {
                // The port was not touched.
                slotTaken = true;
                view.offer(List.of(wish.port()));
            }
        }
        return slotTaken;
    }

    private List<Integer> missing() {
        return request.internalPorts().stream()
                .filter(port -> !held.containsKey(port))
                .toList();
    }

    /**
     * Finds out who holds the taken slots. A reservation of the module is taken over; our own ports, of the same
     * request made before, are adopted. Another deployment's hold ends this run, unless it has lapsed.
     *
     * @return whether the holders must be looked at again before anything else
     */
    private boolean resolveHolders() {
        looked = true;
        holders.look();
        // The same request on another thread may have given back what this one had got.
        held.entrySet().retainAll(holders.mine().entrySet());
        if (holders.arePromises()) {
            return !takeOver();
        }
        if (holders.areMine()) {
            holders.requireAllOfMineWanted();
            slots = holders.slotsAround();
            if (holders.keep()) {
                held.putAll(holders.mine());
            } else {
                held.clear();
                requireSweep();
            }
        } else if (holders.isFirstMine() || (holders.areNone() && swept)) {
            holders.pause();
            view.refreshIfOld(deadline);
        } else {
            requireSweep();
        }
        return false;
    }

    /**
     * Takes the reservation over. Free ports that were claimed for internal ports of the reservation, before it was known,
     * are given back first: they have the slots that its ports need.
     *
     * @return false if the same request on another thread is at it too, or the reservation has ended; no free port may
     *     take its place before that is known
     */
    private boolean takeOver() {
        SortedMap<Integer, Integer> beside = holders.giveBackBesidePromises();
        held.keySet().removeAll(beside.keySet());
        view.offer(beside.values());
        view.offer(holders.giveBackSurplus().values());
        slots = holders.slotsAfterTakeOver();
        note(holders.takeOver(slots));
        boolean complete = held.keySet().containsAll(holders.wantedPromises());
        if (!complete) {
            holders.pause();
        }
        return complete;
    }

    /** Sweeps up holders that have lapsed; the second time they have not. */
    private void requireSweep() {
        if (swept) {
            throw holders.conflict();
        }
        sweep();
    }

    private void requireTime() {
        if (deadline.hasPassed()) {
            throw new PortException(
                    FailureKind.DEADLINE_EXCEEDED,
                    "ports of module " + request.module() + " were not all allocated by the deadline",
                    null);
        }
    }

    private PortException exhausted() {
        return PortException.exhausted(
                Counts.of(area, claimed.others(store.entries(deadline))),
                request.internalPorts().size());
    }
}
