package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.PortEntry.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who holds the generation that a request is for. Used by one thread. */
final class Holders {
    /** How long the winner of a generation waits for the loser to give its slots back, at a time. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final PortStore store;
    private final PortRequest request;
    private final Deadline deadline;
    private List<PortEntry> entries = List.of();
    /** What the module has by the record of another program, which knows no generations. */
    private List<PortEntry> foreign = List.of();

    Holders(PortStore store, PortRequest request, Deadline deadline) {
        this.store = store;
        this.request = request;
        this.deadline = deadline;
    }

    /** Looks at the store. */
    void look() {
        List<PortEntry> all = store.heldBy(request.module(), deadline);
        foreign = all.stream().filter(PortEntry::isForeign).toList();
        entries = all.stream()
                .filter(entry -> !entry.isForeign() && entry.generation() == request.generation())
                .toList();
    }

    /** Returns whose a port is that the request wants for an internal one. */
    Wish.From whose(int internalPort, int port) {
        return promises().stream()
                .filter(entry -> entry.internalPort() == internalPort && entry.port() == port)
                .findFirst()
                .<Wish.From>map(entry -> new Wish.From.Reservation(entry.owner()))
                .or(() -> foreign.stream()
                        .filter(entry -> entry.internalPort() == internalPort && entry.port() == port)
                        .findFirst()
                        .map(entry -> new Wish.From.OtherProgram()))
                .orElseGet(Wish.From.Nobody::new);
    }

    /**
     * Returns whether ports are set aside for the module, the requester has bound none yet, and no other deployment holds
     * slot 0, which decides: what others hold they have still to give back.
     */
    boolean arePromises() {
        return entries.stream().anyMatch(Holders::isPromise)
                && entries.stream().noneMatch(entry -> isMine(entry) && entry.state() == State.BOUND)
                && entries.stream()
                        .filter(entry -> Slots.isFirst(entry.slot()))
                        .allMatch(entry -> isPromise(entry) || isMine(entry));
    }

    /**
     * Returns whether the requester holds ports and no other deployment does: by the same request, made before. What is
     * promised besides, after it has bound some, is not its concern.
     */
    boolean areMine() {
        return entries.stream().anyMatch(this::isMine)
                && entries.stream().allMatch(entry -> isPromise(entry) || isMine(entry));
    }

    /** Returns whether nobody holds any, any more. */
    boolean areNone() {
        return entries.isEmpty();
    }

    /**
     * Refuses a request that leaves out internal ports for which the requester holds ports: that is no release of them.
     *
     * @throws PortException if this is one
     */
    void requireAllOfMineWanted() {
        if (!request.internalPorts().containsAll(mine().keySet())) {
            throw conflict();
        }
    }

    /** Returns whether the requester holds slot 0, which decides; others have still to give back what they got. */
    boolean isFirstMine() {
        return entries.stream().anyMatch(entry -> isMine(entry) && Slots.isFirst(entry.slot()));
    }

    /** Returns the internal and external ports that the requester holds. */
    SortedMap<Integer, Integer> mine() {
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        entries.stream().filter(this::isMine).forEach(entry -> ports.put(entry.internalPort(), entry.port()));
        return ports;
    }

    /** Returns the internal and external ports that are set aside for the module. */
    SortedMap<Integer, Integer> promised() {
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        promises().forEach(entry -> ports.put(entry.internalPort(), entry.port()));
        return ports;
    }

    /** Makes sure that the requester holds his ports still, by a write that the majority has seen. */
    boolean keep() {
        return mine().isEmpty() || store.keep(allocation(request.owner(), mine()), deadline);
    }

    /** Returns the slots that remain if the requester's ports keep theirs. */
    Slots slotsAround() {
        return Slots.around(request, slotsOfMine());
    }

    private Map<Integer, String> slotsOfMine() {
        Map<Integer, String> taken = new HashMap<>();
        entries.stream().filter(this::isMine).forEach(entry -> taken.put(entry.internalPort(), entry.slot()));
        return taken;
    }

    /** Returns the slots by which a reservation is taken over: those that its wanted ports hold stay where they are. */
    Slots slotsAfterTakeOver() {
        Map<Integer, String> taken = slotsOfMine();
        wanted().stream()
                .filter(entry -> !entry.slot().isEmpty())
                .forEach(entry -> taken.put(entry.internalPort(), entry.slot()));
        if (taken.values().stream().noneMatch(Slots::isFirst)) {
            wanted().stream().findFirst().ifPresent(entry -> taken.put(entry.internalPort(), Slots.first(request)));
        }
        return Slots.around(request, taken);
    }

    /** Gives back what the requester holds for internal ports for which a port is set aside; returns what that was. */
    SortedMap<Integer, Integer> giveBackBesidePromises() {
        SortedMap<Integer, Integer> beside = mine();
        beside.keySet().retainAll(wantedPromises());
        giveBack(request.owner(), beside);
        entries = entries.stream()
                .filter(entry -> !beside.containsValue(entry.port()))
                .toList();
        return beside;
    }

    /** Gives back what is set aside for internal ports that are not wanted; returns what that was. */
    SortedMap<Integer, Integer> giveBackSurplus() {
        SortedMap<Integer, Integer> surplus = promised();
        surplus.keySet().removeAll(request.internalPorts());
        promises().stream().map(PortEntry::owner).distinct().forEach(owner -> giveBack(owner, surplus));
        return surplus;
    }

    private void giveBack(String owner, Map<Integer, Integer> ports) {
        if (!ports.isEmpty()) {
            store.release(allocation(owner, ports), false, deadline);
        }
    }

    /** Takes the promised ports that are wanted. */
    List<Claim> takeOver(Slots slots) {
        List<Wish> wishes = wanted().stream()
                .map(entry -> new Wish(
                        entry.internalPort(),
                        entry.port(),
                        slots.of(entry.internalPort()),
                        new Wish.From.Reservation(entry.owner())))
                .toList();
        return wishes.isEmpty() ? List.of() : store.claim(request, wishes, deadline);
    }

    /** Returns the wanted internal ports for which a port is set aside. */
    Set<Integer> wantedPromises() {
        return wanted().stream().map(PortEntry::internalPort).collect(Collectors.toSet());
    }

    private List<PortEntry> promises() {
        return entries.stream().filter(Holders::isPromise).toList();
    }

    private List<PortEntry> wanted() {
        return promises().stream()
                .filter(entry -> request.internalPorts().contains(entry.internalPort()))
                .toList();
    }

    /** Waits for the others to give back what they got. */
    void pause() {
        try {
            deadline.pause(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException(
                    FailureKind.INTERRUPTED, "interrupted while allocating ports of module " + request.module(), e);
        }
    }

    PortException conflict() {
        TreeSet<Integer> ports = entries.stream().map(PortEntry::port).collect(Collectors.toCollection(TreeSet::new));
        return new PortException(
                FailureKind.CONFLICT,
                "module " + request.module() + " generation " + request.generation() + " holds ports " + ports
                        + " for another deployment or other internal ports; wait for it to end or release them",
                null);
    }

    private static boolean isPromise(PortEntry entry) {
        return entry.state() == State.PROMISED;
    }

    private boolean isMine(PortEntry entry) {
        return !isPromise(entry) && entry.owner().equals(request.owner());
    }

    private PortAllocation allocation(String owner, Map<Integer, Integer> ports) {
        return new PortAllocation(request.module(), request.generation(), owner, ports);
    }
}
