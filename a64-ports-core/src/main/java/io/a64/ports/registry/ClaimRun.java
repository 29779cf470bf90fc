package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One attempt to get all ports of one request, or none. Ordinarily one round trip: the lowest ports of the local
 * picture are claimed at once. Ports that another host was quicker to claim are replaced one by one by the lowest free
 * port as the store sees it, which cannot be lost again.
 */
final class ClaimRun {
    /** How long the winner of a generation waits for the loser to give its slots back, at a time. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final PortStore store;
    private final PortPool pool;
    private final RegistryView view;
    private final PortRequest request;
    private final Deadline deadline;
    private final SortedMap<Integer, Integer> held = new TreeMap<>();
    /** Those of the held ports that this run claimed, and gives back if it fails. */
    private final SortedMap<Integer, Integer> claimed = new TreeMap<>();

    private boolean sweptForPorts;
    private boolean sweptForSlots;

    ClaimRun(PortStore store, PortPool pool, RegistryView view, PortRequest request, Deadline deadline) {
        this.store = store;
        this.pool = pool;
        this.view = view;
        this.request = request;
        this.deadline = deadline;
    }

    PortAllocation run() {
        try {
            claimAll();
            return allocation(held);
        } catch (PortException e) {
            giveBack(e);
            throw e;
        }
    }

    private void claimAll() {
        boolean slotTaken = claimFromView();
        while (slotTaken || !missing().isEmpty()) {
            requireTime();
            if (slotTaken) {
                resolveHolders();
            }
            slotTaken = takeMissing();
        }
    }

    private boolean claimFromView() {
        Map<Integer, Integer> picks = view.free().pick(request.internalPorts());
        if (picks.isEmpty()) {
            return false;
        }
        try {
            return note(store.claim(request, picks, deadline));
        } finally {
            view.free().settled(picks.values());
        }
    }

    /** Takes the lowest free port for each missing one, in the module's order, until a slot turns out to be taken. */
    private boolean takeMissing() {
        for (int internalPort : missing()) {
            Claim claim = lowest(internalPort);
            if (note(List.of(claim))) {
                return true;
            }
            view.free().lowestWas(claim.port());
        }
        return false;
    }

    private Claim lowest(int internalPort) {
        Optional<Claim> claim = store.takeLowest(request, internalPort, pool, deadline);
        if (claim.isEmpty() && !sweptForPorts) {
            sweptForPorts = true;
            view.refreshNow(deadline);
            claim = store.takeLowest(request, internalPort, pool, deadline);
        }
        return claim.orElseThrow(this::exhausted);
    }

    /** Remembers what was got; returns whether a slot was taken. */
    private boolean note(Collection<Claim> claims) {
        boolean slotTaken = false;
        for (Claim claim : claims) {
            if (claim.outcome() == Outcome.GOT) {
                held.put(claim.internalPort(), claim.port());
                claimed.put(claim.internalPort(), claim.port());
            }
            slotTaken |= claim.outcome() == Outcome.SLOT_TAKEN;
        }
        return slotTaken;
    }

    private List<Integer> missing() {
        return request.internalPorts().stream()
                .filter(port -> !held.containsKey(port))
                .toList();
    }

    /**
     * Finds out who holds the taken slots. Our own ports, of the same request made before, are adopted. Who holds slot
     * 0 has the generation: another one's hold ends this run, unless it has lapsed; ours lets us wait for the others.
     */
    private void resolveHolders() {
        List<SlotHolder> holders = store.holders(request, deadline);
        if (holders.stream().allMatch(this::isMine)) {
            adopt(holders);
        } else if (holders.stream().anyMatch(holder -> isMine(holder) && isFirst(holder))) {
            pause();
            view.refreshIfOld(deadline);
        } else if (!sweepHolders()) {
            throw conflict(holders);
        }
    }

    /** Sweeps up holders that have lapsed, once per run; returns whether this was the time. */
    private boolean sweepHolders() {
        if (sweptForSlots) {
            return false;
        }
        sweptForSlots = true;
        view.refreshNow(deadline);
        return true;
    }

    private void adopt(List<SlotHolder> holders) {
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        holders.forEach(holder -> ports.put(holder.internalPort(), holder.port()));
        if (!request.internalPorts().containsAll(ports.keySet())) {
            throw conflict(holders);
        }
        if (ports.isEmpty()) {
            return;
        }
        if (store.keep(allocation(ports), deadline)) {
            held.putAll(ports);
        } else {
            sweepHolders();
        }
    }

    private boolean isMine(SlotHolder holder) {
        return holder.owner().equals(request.owner());
    }

    private boolean isFirst(SlotHolder holder) {
        return holder.key().equals(Slots.keys(request).get(0));
    }

    private void requireTime() {
        if (deadline.hasPassed()) {
            throw new PortException(
                    FailureKind.DEADLINE_EXCEEDED,
                    "ports of module " + request.module() + " were not all allocated by the deadline",
                    null);
        }
    }

    private void pause() {
        try {
            deadline.pause(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException(
                    FailureKind.INTERRUPTED, "interrupted while allocating ports of module " + request.module(), e);
        }
    }

    /** Gives back what this run claimed. What cannot be given back in time lapses with the lease. */
    private void giveBack(PortException failure) {
        if (claimed.isEmpty() || deadline.hasPassed()) {
            return;
        }
        try {
            store.release(allocation(claimed), false, deadline);
            view.free().offer(claimed.values());
        } catch (PortException e) {
            failure.addSuppressed(e);
        }
    }

    private PortAllocation allocation(SortedMap<Integer, Integer> ports) {
        return new PortAllocation(request.module(), request.generation(), request.owner(), ports);
    }

    private PortException conflict(List<SlotHolder> holders) {
        TreeSet<Integer> ports = new TreeSet<>();
        holders.forEach(holder -> ports.add(holder.port()));
        return new PortException(
                FailureKind.CONFLICT,
                "module " + request.module() + " generation " + request.generation() + " holds ports " + ports
                        + " for another deployment or other internal ports; wait for it to end or release them",
                null);
    }

    private PortException exhausted() {
        return exhausted(store.entries(deadline), pool, request.internalPorts().size(), claimed.size());
    }

    /** Returns the failure with the counts of the range; {@code own} of the reserved ports are given back at once. */
    static PortException exhausted(List<PortEntry> entries, PortPool pool, int wanted, int own) {
        PortRange range = pool.range();
        int inPool = (int)
                entries.stream().filter(entry -> pool.contains(entry.port())).count();
        int cooling = (int) entries.stream()
                .filter(entry -> range.contains(entry.port()) && entry.state() == PortEntry.State.COOLING)
                .count();
        int active = (int) entries.stream()
                .filter(entry -> range.contains(entry.port()) && entry.state() != PortEntry.State.COOLING)
                .count();
        return PortException.exhausted(range, wanted, pool.size() - inPool + own, active - own, cooling);
    }
}
