package io.a64.ports.testkit;

import io.a64.ports.AllocatedPort;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortAllocation;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import io.a64.ports.testkit.ReferenceSpace.Area;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Which ports are held and how that ends. Its protected methods are where faults are planted. */
abstract class ReferencePorts {
    final PortAllocatorSetup setup;
    final ReferenceRegistry registry;

    ReferencePorts(PortAllocatorSetup setup, ReferenceRegistry registry) {
        this.setup = setup;
        this.registry = registry;
    }

    protected boolean isTaken(int port) {
        return registry.holds.containsKey(port);
    }

    protected boolean isOwner(PortAllocation allocation, Hold hold) {
        return hold.request().owner().equals(allocation.owner())
                && hold.request().generation() == allocation.generation();
    }

    protected boolean isOver(Hold hold, Duration time) {
        return !hold.since().plus(time).isAfter(registry.now);
    }

    protected boolean lapses(Hold hold) {
        return hold.state() == State.RESERVED && isOver(hold, setup.lease());
    }

    protected void free(int port) {
        registry.holds.remove(port);
    }

    protected boolean holdsAll(PortAllocation allocation, Predicate<Hold> condition) {
        return allocation.ports().values().stream()
                .map(registry.holds::get)
                .allMatch(hold -> hold != null && hold.isHeld() && isOwner(allocation, hold) && condition.test(hold));
    }

    /** Returns what remains of a reservation when the deployment that has taken it over ends. */
    protected Optional<Hold> remaining(Hold hold) {
        return hold.state() == State.RESERVED
                ? hold.promise().filter(promise -> !isOver(promise, Duration.ZERO))
                : Optional.empty();
    }

    void sweep() {
        Map.copyOf(registry.holds).forEach((port, hold) -> {
            if (lapses(hold)) {
                end(port, hold, Optional.of(State.COOLING), "lease_expired");
            }
        });
        registry.holds.values().removeIf(hold -> switch (hold.state()) {
            case COOLING -> isOver(hold, setup.cooldown());
            case QUARANTINED -> isOver(hold, setup.quarantine());
            case PROMISED -> isOver(hold, Duration.ZERO);
            case RESERVED, BOUND -> false;
        });
    }

    /** Ends a hold. */
    void end(int port, Hold hold, Optional<State> afterwards, String reason) {
        registry.past.add(hold.tenure(port, Optional.of(registry.now), Optional.of(reason)));
        Optional<Hold> promise = afterwards.equals(Optional.of(State.QUARANTINED)) ? Optional.empty() : remaining(hold);
        promise.or(() -> afterwards.map(state -> hold.in(state, registry.now)))
                .ifPresentOrElse(next -> registry.holds.put(port, next), () -> free(port));
    }

    protected void change(Collection<Integer> ports, State state) {
        ports.forEach(port -> registry.holds.computeIfPresent(port, (any, hold) -> hold.in(state, registry.now)));
    }

    protected List<AllocatedPort> allocations() {
        return registry.holds.entrySet().stream()
                .filter(entry -> entry.getValue().isHeld())
                .map(entry -> allocated(entry.getKey(), entry.getValue()))
                .toList();
    }

    static AllocatedPort allocated(int port, Hold hold) {
        return new AllocatedPort(hold.request().module(), port, hold.internalPort(), hold.allocatedAt());
    }

    /** Counts what is taken and what is left of an area. */
    protected PoolStatistics count(Area area) {
        List<Hold> inside = area.ports().stream()
                .map(registry.holds::get)
                .filter(Objects::nonNull)
                .toList();
        int size = area.ports().size();
        return new PoolStatistics(
                area.name(),
                area.ranges(),
                area.expansion(),
                size,
                size - inside.size(),
                count(inside, State.RESERVED) + count(inside, State.BOUND),
                count(inside, State.PROMISED),
                count(inside, State.COOLING),
                count(inside, State.QUARANTINED));
    }

    static int count(List<Hold> holds, State state) {
        return (int) holds.stream().filter(hold -> hold.state() == state).count();
    }
}
