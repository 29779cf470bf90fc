package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.spi.PortReservations;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import io.a64.ports.testkit.ReferenceSpace.Area;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The reservations of a reference allocator. Its protected methods are where faults are planted. */
class ReferenceReservations implements PortReservations {
    final ReferenceAllocator allocator;
    final ReferenceRegistry registry;

    ReferenceReservations(ReferenceAllocator allocator) {
        this.allocator = allocator;
        registry = allocator.registry;
    }

    /** Makes the reserved ports those of the deployment, and adds them to its others. */
    void takeOver(PortRequest request, Map<Integer, Integer> ports) {
        Map.copyOf(registry.holds).forEach((port, hold) -> {
            if (hold.isPromise() && isFor(request, hold)) {
                if (request.internalPorts().contains(hold.internalPort())) {
                    ports.put(hold.internalPort(), port);
                    registry.holds.put(
                            port,
                            new Hold(
                                    request,
                                    hold.internalPort(),
                                    State.RESERVED,
                                    registry.now,
                                    registry.now,
                                    Optional.of(hold)));
                } else {
                    freeSurplus(port);
                }
            }
        });
    }

    protected boolean isFor(PortRequest request, Hold promise) {
        return allocator.isOf(request).test(promise);
    }

    protected void freeSurplus(int port) {
        registry.holds.remove(port);
    }

    @Override
    public PortReservation reserve(PortRequest request, Duration ttl, Deadline deadline) {
        requireTime(ttl);
        Area area = allocator.areaOf(request);
        synchronized (registry) {
            allocator.sweep();
            if (registry.holds.values().stream().anyMatch(hold -> hold.isHeld() && isSameModule(request, hold))) {
                throw conflict(request);
            }
            Map<Integer, Integer> ports = ports(request.module());
            if (ports.isEmpty()) {
                ports = allocator.take(request, request.internalPorts(), area, State.PROMISED, registry.now.plus(ttl));
            } else if (!isSame(ports.keySet(), request)) {
                throw conflict(request);
            }
            return changeEnd(request.module(), registry.now.plus(ttl)).orElseThrow();
        }
    }

    protected void requireTime(Duration ttl) {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofDays(365)) > 0) {
            throw new InvalidInputException("ttl", ttl, "be a time of a second to a year");
        }
    }

    protected boolean isSameModule(PortRequest request, Hold hold) {
        return hold.request().module().equals(request.module());
    }

    protected boolean isSame(Set<Integer> reserved, PortRequest request) {
        return reserved.equals(Set.copyOf(request.internalPorts()));
    }

    private static PortException conflict(PortRequest request) {
        return new PortException(FailureKind.CONFLICT, "module " + request.module() + " has ports already", null);
    }

    /** Returns the reserved ports of a module. */
    Map<Integer, Integer> ports(String module) {
        Map<Integer, Integer> ports = new TreeMap<>();
        registry.holds.forEach((port, hold) -> {
            if (isReservationOf(module).test(hold)) {
                ports.put(hold.internalPort(), port);
            }
        });
        return ports;
    }

    protected Predicate<Hold> isReservationOf(String module) {
        return hold -> hold.isPromise() && hold.request().module().equals(module);
    }

    protected Optional<PortReservation> changeEnd(String module, Instant end) {
        Map<Integer, Integer> ports = ports(module);
        ports.values()
                .forEach(port -> registry.holds.computeIfPresent(port, (any, hold) -> hold.in(State.PROMISED, end)));
        return ports.isEmpty() ? Optional.empty() : Optional.of(new PortReservation(module, ports, end));
    }

    @Override
    public Optional<PortReservation> extend(String module, Duration ttl, Deadline deadline) {
        requireTime(ttl);
        synchronized (registry) {
            allocator.sweep();
            return changeEnd(module, registry.now.plus(ttl));
        }
    }

    @Override
    public boolean cancel(String module, Deadline deadline) {
        synchronized (registry) {
            allocator.sweep();
            return registry.holds.values().removeIf(isReservationOf(module));
        }
    }

    @Override
    public List<PortReservation> list(Deadline deadline) {
        synchronized (registry) {
            allocator.sweep();
            return registry.holds.values().stream()
                    .filter(Hold::isPromise)
                    .collect(Collectors.toMap(
                            hold -> hold.request().module(), Hold::since, (one, other) -> one, TreeMap::new))
                    .entrySet()
                    .stream()
                    .map(entry -> new PortReservation(entry.getKey(), ports(entry.getKey()), entry.getValue()))
                    .toList();
        }
    }
}
