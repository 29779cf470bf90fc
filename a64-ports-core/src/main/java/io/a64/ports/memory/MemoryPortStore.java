package io.a64.ports.memory;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.PortEntry;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.registry.PortPool;
import io.a64.ports.registry.PortStore;
import io.a64.ports.registry.SlotHolder;
import io.a64.ports.registry.Slots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Ports in a map; every operation is one short critical section. A port that is not in the map is free. */
final class MemoryPortStore implements PortStore {
    static final String NAME = "memory";

    private final Clock clock;
    private final NavigableMap<Integer, MemoryPort> ports = new TreeMap<>();

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
    public synchronized List<Claim> claim(PortRequest request, Map<Integer, Integer> wanted, Deadline deadline) {
        List<Claim> claims = new ArrayList<>();
        wanted.forEach((internalPort, port) -> claims.add(claim(request, internalPort, port)));
        return claims;
    }

    private Claim claim(PortRequest request, int internalPort, int port) {
        return new Claim(internalPort, port, tryClaim(request, internalPort, port));
    }

    private Outcome tryClaim(PortRequest request, int internalPort, int port) {
        String slot = Slots.key(request, internalPort);
        MemoryPort present = ports.get(port);
        boolean again = present != null
                && present.isReservedBy(request.owner())
                && present.slot().equals(slot);
        if (present != null && !again) {
            return Outcome.PORT_TAKEN;
        }
        if (!again && isTaken(slot)) {
            return Outcome.SLOT_TAKEN;
        }
        Instant now = clock.instant();
        ports.put(
                port, new MemoryPort(State.RESERVED, request.module(), internalPort, request.owner(), slot, now, now));
        return Outcome.GOT;
    }

    private boolean isTaken(String slot) {
        return ports.values().stream()
                .anyMatch(port -> port.state() != State.COOLING && port.slot().equals(slot));
    }

    @Override
    public synchronized Optional<Claim> takeLowest(
            PortRequest request, int internalPort, PortPool pool, Deadline deadline) {
        int port = freePorts(pool).nextSetBit(0);
        return port < 0 ? Optional.empty() : Optional.of(claim(request, internalPort, port));
    }

    @Override
    public synchronized List<SlotHolder> holders(PortRequest request, Deadline deadline) {
        Collection<String> keys = Slots.keys(request);
        List<SlotHolder> holders = new ArrayList<>();
        ports.forEach((number, port) -> {
            if (port.state() != State.COOLING && keys.contains(port.slot())) {
                holders.add(new SlotHolder(port.slot(), port.owner(), port.internalPort(), number));
            }
        });
        return holders;
    }

    @Override
    public boolean keep(PortAllocation allocation, Deadline deadline) {
        return change(allocation, MemoryPort::isHeldBy, port -> port.state());
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        return change(allocation, MemoryPort::isHeldBy, port -> State.BOUND);
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        return change(allocation, MemoryPort::isReservedBy, port -> State.RESERVED);
    }

    /** Changes all ports of the allocation if the owner's hold on each passes the test; otherwise none. */
    private synchronized boolean change(
            PortAllocation allocation, BiPredicate<MemoryPort, String> test, Function<MemoryPort, State> newState) {
        Collection<Integer> numbers = allocation.ports().values();
        boolean all =
                numbers.stream().map(ports::get).allMatch(port -> port != null && test.test(port, allocation.owner()));
        if (all) {
            Instant now = clock.instant();
            numbers.forEach(
                    number -> ports.computeIfPresent(number, (any, port) -> port.in(newState.apply(port), now)));
        }
        return all;
    }

    @Override
    public synchronized boolean release(PortAllocation allocation, boolean rest, Deadline deadline) {
        boolean any = false;
        for (int number : allocation.ports().values()) {
            MemoryPort port = ports.get(number);
            if (port != null && port.isHeldBy(allocation.owner())) {
                any = true;
                free(number, port, rest);
            }
        }
        return any;
    }

    private void free(int number, MemoryPort port, boolean rest) {
        if (rest) {
            ports.put(number, port.in(State.COOLING, clock.instant()));
        } else {
            ports.remove(number);
        }
    }

    @Override
    public synchronized void sweep(Duration lease, Duration cooldown, boolean thorough, Deadline deadline) {
        Instant now = clock.instant();
        ports.replaceAll((number, port) ->
                port.state() == State.RESERVED && isOver(port, lease, now) ? port.in(State.COOLING, now) : port);
        for (Iterator<MemoryPort> all = ports.values().iterator(); all.hasNext(); ) {
            MemoryPort port = all.next();
            if (port.state() == State.COOLING && isOver(port, cooldown, now)) {
                all.remove();
            }
        }
    }

    private static boolean isOver(MemoryPort port, Duration time, Instant now) {
        return !port.since().plus(time).isAfter(now);
    }

    @Override
    public Duration sweepInterval() {
        return Duration.ZERO;
    }

    @Override
    public synchronized BitSet free(PortPool pool, Deadline deadline) {
        return freePorts(pool);
    }

    private BitSet freePorts(PortPool pool) {
        BitSet free = pool.toBitSet();
        ports.keySet().forEach(free::clear);
        return free;
    }

    @Override
    public synchronized List<PortEntry> entries(Deadline deadline) {
        List<PortEntry> entries = new ArrayList<>();
        ports.forEach((number, port) -> entries.add(port.entry(number)));
        return entries;
    }

    @Override
    public void close() {}
}
