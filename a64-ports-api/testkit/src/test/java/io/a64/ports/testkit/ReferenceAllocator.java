package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The simplest correct allocator: one lock, no cleverness. Its protected methods are where faults are planted. */
class ReferenceAllocator implements PortAllocator {
    final PortAllocatorSetup setup;
    final ReferenceRegistry registry;

    ReferenceAllocator(PortAllocatorSetup setup, ReferenceRegistry registry) {
        this.setup = setup;
        this.registry = registry;
    }

    protected boolean isReserved(int port) {
        return setup.reserved().stream().anyMatch(range -> range.contains(port));
    }

    protected boolean isTaken(int port) {
        return registry.holds.containsKey(port);
    }

    protected boolean isOwner(PortAllocation allocation, Hold hold) {
        return hold.request().owner().equals(allocation.owner());
    }

    protected boolean isOver(Hold hold, Duration time) {
        return !hold.since().plus(time).isAfter(registry.now);
    }

    protected boolean lapses(Hold hold) {
        return hold.state() == State.RESERVED && isOver(hold, setup.lease());
    }

    protected boolean rests(PortUse use) {
        return use == PortUse.WAS_BOUND;
    }

    protected boolean isEnough(List<Integer> free, int wanted) {
        return free.size() >= wanted;
    }

    protected void free(int port) {
        registry.holds.remove(port);
    }

    protected boolean holdsAll(PortAllocation allocation, Predicate<Hold> condition) {
        return allocation.ports().values().stream()
                .map(registry.holds::get)
                .allMatch(hold -> hold != null && hold.isHeld() && isOwner(allocation, hold) && condition.test(hold));
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public PortAllocation allocate(PortRequest request, Deadline deadline) {
        synchronized (registry) {
            sweep();
            Map<Integer, Integer> present = present(request);
            if (!present.isEmpty()) {
                return new PortAllocation(request.module(), request.generation(), request.owner(), present);
            }
            return take(request);
        }
    }

    private Map<Integer, Integer> present(PortRequest request) {
        Map<Integer, Integer> ports = new TreeMap<>();
        Predicate<Hold> isOfRequest = isOf(request);
        registry.holds.forEach((port, hold) -> {
            boolean same = hold.isHeld() && isOfRequest.test(hold);
            if (same && !hold.request().equals(request)) {
                throw new PortException(FailureKind.CONFLICT, "module " + request.module() + " is held", null);
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

    private PortAllocation take(PortRequest request) {
        List<Integer> free = freePorts();
        int wanted = request.internalPorts().size();
        if (!isEnough(free, wanted)) {
            throw PortException.exhausted(setup.range(), wanted, free.size(), count(Hold::isHeld), coolingCount());
        }
        Map<Integer, Integer> ports = new TreeMap<>();
        for (int i = 0; i < Math.min(wanted, free.size()); i++) {
            int internalPort = request.internalPorts().get(i);
            ports.put(internalPort, free.get(i));
            registry.holds.put(free.get(i), new Hold(request, internalPort, State.RESERVED, registry.now));
        }
        return new PortAllocation(request.module(), request.generation(), request.owner(), ports);
    }

    private List<Integer> freePorts() {
        return IntStream.rangeClosed(setup.range().first(), setup.range().last())
                .filter(port -> !isReserved(port) && !isTaken(port))
                .boxed()
                .toList();
    }

    private void sweep() {
        registry.holds.replaceAll((port, hold) -> lapses(hold) ? hold.in(State.COOLING, registry.now) : hold);
        registry.holds.values().removeIf(hold -> !hold.isHeld() && isOver(hold, setup.cooldown()));
    }

    private int count(Predicate<Hold> condition) {
        return (int) registry.holds.values().stream().filter(condition).count();
    }

    private int coolingCount() {
        return count(hold -> !hold.isHeld());
    }

    @Override
    public boolean confirm(PortAllocation allocation, Deadline deadline) {
        synchronized (registry) {
            boolean all = holdsAll(allocation, hold -> true);
            if (all) {
                change(allocation.ports().values(), State.BOUND);
            }
            return all;
        }
    }

    @Override
    public boolean renew(PortAllocation allocation, Deadline deadline) {
        synchronized (registry) {
            boolean all = holdsAll(allocation, hold -> hold.state() == State.RESERVED);
            if (all) {
                change(allocation.ports().values(), State.RESERVED);
            }
            return all;
        }
    }

    protected void change(Collection<Integer> ports, State state) {
        ports.forEach(port -> registry.holds.computeIfPresent(port, (any, hold) -> hold.in(state, registry.now)));
    }

    @Override
    public boolean release(PortAllocation allocation, PortUse use, Deadline deadline) {
        synchronized (registry) {
            boolean any = false;
            for (int port : allocation.ports().values()) {
                Hold hold = registry.holds.get(port);
                if (hold != null && hold.isHeld() && isOwner(allocation, hold)) {
                    any = true;
                    release(port, hold, use);
                }
            }
            return any;
        }
    }

    private void release(int port, Hold hold, PortUse use) {
        if (rests(use)) {
            registry.holds.put(port, hold.in(State.COOLING, registry.now));
        } else {
            free(port);
        }
    }

    @Override
    public PortStatistics statistics(Deadline deadline) {
        synchronized (registry) {
            sweep();
            return new PortStatistics(
                    setup.range(),
                    freePorts().size(),
                    0,
                    coolingCount(),
                    0,
                    registry.holds.entrySet().stream()
                            .filter(entry -> entry.getValue().isHeld())
                            .map(entry -> allocated(entry.getKey(), entry.getValue()))
                            .toList(),
                    List.of());
        }
    }

    private static AllocatedPort allocated(int port, Hold hold) {
        return new AllocatedPort(hold.request().module(), port, hold.internalPort(), hold.since());
    }

    @Override
    public void close() {}
}
