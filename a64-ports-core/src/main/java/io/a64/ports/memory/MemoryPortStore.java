package io.a64.ports.memory;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.Rests;
import io.a64.ports.registry.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Ports in a map; every operation is one short critical section. A port that is not in the map is free. */
final class MemoryPortStore implements PortStore {
    static final String NAME = "memory";

    private final Clock clock;
    private final NavigableMap<Integer, MemoryPort> ports = new TreeMap<>();
    private final MemoryHistory history = new MemoryHistory();

    MemoryPortStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public synchronized List<Claim> claim(PortRequest request, List<Wish> wishes, Deadline deadline) {
        return wishes.stream()
                .map(wish -> new Claim(wish, tryClaim(request, wish, State.RESERVED, clock.instant())))
                .toList();
    }

    @Override
    public synchronized List<Claim> promise(PortRequest request, List<Wish> wishes, Duration ttl, Deadline deadline) {
        Instant end = clock.instant().plus(ttl);
        return wishes.stream()
                .map(wish -> new Claim(wish, tryClaim(request, wish, State.PROMISED, end)))
                .toList();
    }

    private Outcome tryClaim(PortRequest request, Wish wish, State state, Instant since) {
        Optional<MemoryPort> present = Optional.ofNullable(ports.get(wish.port()));
        boolean again = present.filter(port -> port.state() == state
                        && port.owner().equals(request.owner())
                        && port.slot().equals(wish.slot()))
                .isPresent();
        Optional<MemoryPort> promise = present.filter(port -> isPromised(port, request, wish));
        if (present.isPresent() && !again && promise.isEmpty()) {
            return Outcome.PORT_TAKEN;
        }
        if (isTaken(wish.slot(), wish.port())) {
            return Outcome.SLOT_TAKEN;
        }
        ports.put(
                wish.port(),
                new MemoryPort(
                        state,
                        request.module(),
                        wish.internalPort(),
                        request.generation(),
                        request.owner(),
                        wish.slot(),
                        clock.instant(),
                        since,
                        again ? present.flatMap(MemoryPort::promise) : promise.map(before -> before.at(wish.slot()))));
        return Outcome.GOT;
    }

    private static boolean isPromised(MemoryPort port, PortRequest request, Wish wish) {
        return wish.from() instanceof Wish.From.Reservation reservation
                && port.state() == State.PROMISED
                && port.owner().equals(reservation.owner())
                && port.module().equals(request.module());
    }

    /** Returns whether another port is held for the slot. */
    private boolean isTaken(String slot, int exceptPort) {
        return !slot.isEmpty()
                && ports.entrySet().stream()
                        .anyMatch(entry -> entry.getKey() != exceptPort
                                && entry.getValue().slot().equals(slot));
    }

    @Override
    public synchronized Optional<Claim> takeLowest(PortRequest request, Wish wish, BitSet among, Deadline deadline) {
        int port = freePorts(among).nextSetBit(0);
        return port < 0
                ? Optional.empty()
                : claim(request, List.of(Wish.free(wish.internalPort(), port, wish.slot())), deadline).stream()
                        .findFirst();
    }

    @Override
    public List<PortEntry> heldBy(String module, Deadline deadline) {
        return entries(port ->
                port.module().equals(module) && port.state() != State.COOLING && port.state() != State.QUARANTINED);
    }

    @Override
    public synchronized Optional<PortEntry> entry(int port, Deadline deadline) {
        return Optional.ofNullable(ports.get(port)).map(found -> found.entry(port));
    }

    @Override
    public boolean keep(PortAllocation allocation, Deadline deadline) {
        return change(
                allocation,
                port -> true,
                (port, now) -> port.state() == State.RESERVED ? port.in(port.state(), now) : port);
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        return change(
                allocation,
                port -> port.state() != State.PROMISED,
                (port, now) -> port.state() == State.BOUND ? port : port.in(State.BOUND, now));
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        return change(allocation, port -> port.state() == State.RESERVED, (port, now) -> port.in(State.RESERVED, now));
    }

    @Override
    public boolean extend(PortAllocation promises, Duration ttl, Deadline deadline) {
        return change(
                promises,
                port -> port.state() == State.PROMISED,
                (port, now) -> port.in(State.PROMISED, now.plus(ttl)));
    }

    /** Changes all ports of the allocation if the owner holds each and it passes the test; otherwise none. */
    private synchronized boolean change(
            PortAllocation allocation, Predicate<MemoryPort> test, BiFunction<MemoryPort, Instant, MemoryPort> change) {
        Collection<Integer> numbers = allocation.ports().values();
        boolean all = numbers.stream()
                .allMatch(number -> held(allocation, number).filter(test).isPresent());
        if (all) {
            Instant now = clock.instant();
            numbers.forEach(number -> ports.computeIfPresent(number, (any, port) -> change.apply(port, now)));
        }
        return all;
    }

    private Optional<MemoryPort> held(PortAllocation allocation, int number) {
        return Optional.ofNullable(ports.get(number))
                .filter(port -> port.isHeldBy(allocation.owner(), allocation.generation()));
    }

    @Override
    public boolean release(PortAllocation allocation, boolean rest, Deadline deadline) {
        return end(allocation, rest ? Optional.of(State.COOLING) : Optional.empty(), "released");
    }

    @Override
    public boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline) {
        return end(allocation.only(evidence.keySet()), Optional.of(State.QUARANTINED), "quarantined");
    }

    private synchronized boolean end(PortAllocation allocation, Optional<State> afterwards, String reason) {
        boolean any = false;
        for (int number : allocation.ports().values()) {
            Optional<MemoryPort> port = held(allocation, number);
            any |= port.isPresent();
            port.ifPresent(held -> end(number, held, afterwards, reason));
        }
        return any;
    }

    /** Ends a hold. What was promised before is promised again, unless something else is bound to it. */
    private void end(int number, MemoryPort port, Optional<State> afterwards, String reason) {
        Instant now = clock.instant();
        if (port.state() != State.PROMISED) {
            history.ended(port.entry(number), now, reason);
        }
        Optional<MemoryPort> promise = port.promise()
                .filter(before -> !before.isOver(Duration.ZERO, now))
                .filter(before -> !afterwards.equals(Optional.of(State.QUARANTINED)));
        promise.or(() -> afterwards.map(state -> port.in(state, now)))
                .ifPresentOrElse(next -> ports.put(number, next), () -> ports.remove(number));
    }

    @Override
    public synchronized void sweep(Rests rests, boolean thorough, Deadline deadline) {
        Instant now = clock.instant();
        new TreeMap<>(ports).forEach((number, port) -> {
            if (port.state() == State.RESERVED && port.isOver(rests.lease(), now)) {
                end(number, port, Optional.of(State.COOLING), "lease_expired");
            }
        });
        ports.values().removeIf(port -> isOver(port, rests, now));
    }

    private static boolean isOver(MemoryPort port, Rests rests, Instant now) {
        return switch (port.state()) {
            case COOLING -> port.isOver(rests.cooldown(), now);
            case QUARANTINED -> port.isOver(rests.quarantine(), now);
            case PROMISED -> port.isOver(Duration.ZERO, now);
            case RESERVED, BOUND -> false;
        };
    }

    @Override
    public Duration sweepInterval() {
        return Duration.ZERO;
    }

    @Override
    public synchronized BitSet free(BitSet among, Deadline deadline) {
        return freePorts(among);
    }

    private BitSet freePorts(BitSet among) {
        BitSet free = (BitSet) among.clone();
        ports.keySet().forEach(free::clear);
        return free;
    }

    @Override
    public List<PortEntry> foreign(Deadline deadline) {
        return List.of();
    }

    @Override
    public List<PortEntry> entries(Deadline deadline) {
        return entries(port -> true);
    }

    private synchronized List<PortEntry> entries(Predicate<MemoryPort> test) {
        List<PortEntry> entries = new ArrayList<>();
        ports.forEach((number, port) -> {
            if (test.test(port)) {
                entries.add(port.entry(number));
            }
        });
        return entries;
    }

    @Override
    public synchronized List<PortTenure> tenures(Deadline deadline) {
        return history.with(entries(port -> port.entry(0).isAllocated()));
    }

    @Override
    public Instant now(Deadline deadline) {
        return clock.instant();
    }

    @Override
    public void close() {}
}
