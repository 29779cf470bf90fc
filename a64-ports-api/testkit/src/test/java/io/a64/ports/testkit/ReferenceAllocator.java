package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.ports.event.PortEvent;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortLedger;
import io.a64.ports.spi.PortReservations;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import io.a64.ports.testkit.ReferenceSpace.Area;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The simplest correct allocator: one lock, no cleverness. Its protected methods are where faults are planted. */
class ReferenceAllocator extends ReferencePorts implements PortAllocator {
    final ReferenceLedger ledger;
    private final ReferenceReservations reservations;
    private final ReferenceSpace space;
    private boolean expanded;

    ReferenceAllocator(PortAllocatorSetup setup, ReferenceRegistry registry) {
        super(setup, registry);
        space = space();
        ledger = newLedger();
        reservations = newReservations();
    }

    protected ReferenceSpace space() {
        return new ReferenceSpace(setup);
    }

    protected ReferenceLedger newLedger() {
        return new ReferenceLedger(this);
    }

    protected ReferenceReservations newReservations() {
        return new ReferenceReservations(this);
    }

    protected boolean rests(PortUse use) {
        return use == PortUse.WAS_BOUND;
    }

    protected boolean isEnough(List<Integer> free, int wanted) {
        return free.size() >= wanted;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public PortAllocation allocate(PortRequest request, Deadline deadline) {
        Area area = space.areaOf(request);
        synchronized (registry) {
            sweep();
            Map<Integer, Integer> ports = present(request);
            reservations.takeOver(request, ports);
            List<Integer> missing = request.internalPorts().stream()
                    .filter(internal -> !ports.containsKey(internal))
                    .toList();
            ports.putAll(take(request, missing, area, State.RESERVED, registry.now));
            return new PortAllocation(request.module(), request.generation(), request.owner(), ports);
        }
    }

    private Map<Integer, Integer> present(PortRequest request) {
        Map<Integer, Integer> ports = new TreeMap<>();
        Predicate<Hold> isOfRequest = isOf(request);
        registry.holds.forEach((port, hold) -> {
            boolean same = hold.isHeld() && isOfRequest.test(hold);
            if (same && !hold.request().equals(request)) {
                throw new PortException(
                        FailureKind.CONFLICT, "module " + request.module() + " is held by port " + port, null);
            }
            if (same) {
                ports.put(hold.internalPort(), port);
            }
        });
        return ports;
    }

    /** Finds what is held for the module and generation of a request. */
    protected Predicate<Hold> isOf(PortRequest request) {
        return hold -> hold.request().module().equals(request.module())
                && hold.request().generation() == request.generation();
    }

    /** Takes free ports for internal ones, all or none. */
    Map<Integer, Integer> take(
            PortRequest request, List<Integer> internalPorts, Area area, State state, Instant since) {
        Map<Integer, Integer> ports = new TreeMap<>();
        if (request.source() instanceof PortSource.Exactly exactly) {
            exactly.ports().values().stream()
                    .filter(this::isTaken)
                    .forEach(port -> refuse(request, port, internalPorts));
            internalPorts.forEach(
                    internal -> ports.put(internal, exactly.ports().get(internal)));
        } else {
            List<Integer> free = freePorts(area);
            if (!isEnough(free, internalPorts.size())) {
                throw exhausted(area, request.internalPorts().size());
            }
            for (int i = 0; i < Math.min(internalPorts.size(), free.size()); i++) {
                ports.put(internalPorts.get(i), free.get(i));
            }
        }
        ports.forEach((internal, port) ->
                registry.holds.put(port, new Hold(request, internal, state, registry.now, since, Optional.empty())));
        ports.values().forEach(port -> noteTaken(area, port));
        return ports;
    }

    protected void refuse(PortRequest request, int port, List<Integer> missing) {
        Hold hold = registry.holds.get(port);
        if (!missing.isEmpty()) {
            throw new PortException(
                    FailureKind.CONFLICT,
                    "port " + port + " for module " + request.module() + " is "
                            + (hold.isHeld()
                                    ? "held by " + hold.request().module()
                                    : hold.state() == State.QUARANTINED ? "in quarantine" : "cooling"),
                    null);
        }
    }

    protected PortException exhausted(Area area, int wanted) {
        return PortException.exhausted(count(area), wanted);
    }

    protected List<Integer> freePorts(Area area) {
        List<Integer> free = new ArrayList<>(
                area.ports().stream().filter(port -> !isTaken(port)).toList());
        if (setup.spread()) {
            Collections.shuffle(free);
        }
        return free;
    }

    protected void noteTaken(Area area, int port) {
        if (area.first().contains(port)) {
            expanded = expanded && area.first().stream().allMatch(this::isTaken);
        } else if (!area.expansion().isEmpty() && !expanded) {
            expanded = true;
            ledger.emit(new PortEvent.PoolExpanded(area.name(), port, area.expansion()));
        }
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        return changeAll(allocation, State.BOUND, hold -> true);
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        return changeAll(allocation, State.RESERVED, hold -> hold.state() == State.RESERVED);
    }

    private boolean changeAll(PortAllocation allocation, State state, Predicate<Hold> condition) {
        synchronized (registry) {
            boolean all = holdsAll(allocation, condition);
            if (all) {
                change(allocation.ports().values(), state);
            }
            return all;
        }
    }

    @Override
    public boolean release(PortAllocation allocation, PortUse use, Deadline deadline) {
        return end(allocation, rests(use) ? Optional.of(State.COOLING) : Optional.empty(), "released");
    }

    @Override
    public boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline) {
        PortAllocation named = named(allocation, evidence);
        boolean held = end(named, Optional.of(State.QUARANTINED), "quarantined");
        if (held) {
            named.ports()
                    .values()
                    .forEach(port -> ledger.emit(
                            new PortEvent.PortQuarantined(allocation.module(), port, evidence.getOrDefault(port, ""))));
        }
        return held;
    }

    protected PortAllocation named(PortAllocation allocation, Map<Integer, String> evidence) {
        return allocation.only(evidence.keySet());
    }

    private boolean end(PortAllocation allocation, Optional<State> afterwards, String reason) {
        synchronized (registry) {
            boolean any = false;
            for (int port : allocation.ports().values()) {
                Hold hold = registry.holds.get(port);
                if (hold != null && hold.isHeld() && isOwner(allocation, hold)) {
                    any = true;
                    end(port, hold, afterwards, reason);
                }
            }
            return any;
        }
    }

    @Override
    public PortStatistics statistics(Deadline deadline) {
        synchronized (registry) {
            sweep();
            List<Hold> all = List.copyOf(registry.holds.values());
            return new PortStatistics(
                    setup.range(),
                    count(space.areas().get(0)).available(),
                    count(all, State.PROMISED),
                    count(all, State.COOLING),
                    count(all, State.QUARANTINED),
                    allocations(),
                    space.areas().stream()
                            .map(this::count)
                            .sorted(Comparator.comparing(PoolStatistics::name))
                            .toList());
        }
    }

    List<Area> areas() {
        return space.areas();
    }

    Area areaOf(PortRequest request) {
        return space.areaOf(request);
    }

    @Override
    public Optional<PortReservations> reservations() {
        return Optional.of(reservations);
    }

    @Override
    public Optional<PortLedger> ledger() {
        return Optional.of(ledger);
    }

    @Override
    public void close() {}
}
