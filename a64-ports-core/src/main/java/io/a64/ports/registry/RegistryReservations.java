package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.spi.PortReservations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The promises of a registry. What has expired is swept away first, so that nobody is told of it. */
final class RegistryReservations implements PortReservations {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final PortStore store;
    private final PortSpace space;
    private final RegistryView view;

    RegistryReservations(PortStore store, PortSpace space, RegistryView view) {
        this.store = store;
        this.space = space;
        this.view = view;
    }

    @Override
    public PortReservation reserve(PortRequest request, Duration ttl, Deadline deadline) {
        requireTtl(ttl);
        PortArea area = space.areaOf(request);
        view.sweep(deadline);
        if (store.heldBy(request.module(), deadline).stream().anyMatch(PortEntry::isForeign)) {
            throw installed(request);
        }
        Optional<PortReservation> present = extendIfSame(request, ttl, deadline);
        if (present.isEmpty() && !new PromiseRun(store, view, area, request, ttl, deadline).run()) {
            present = extendIfSame(request, ttl, deadline);
        }
        return present.or(() -> find(request.module(), deadline)).orElseThrow(() -> installed(request));
    }

    private static PortException installed(PortRequest request) {
        return new PortException(
                FailureKind.CONFLICT,
                "module " + request.module() + " holds ports of generation " + request.generation() + " already",
                null);
    }

    private Optional<PortReservation> extendIfSame(PortRequest request, Duration ttl, Deadline deadline) {
        Optional<PortReservation> present = find(request.module(), deadline);
        if (present.isEmpty()) {
            return present;
        }
        if (!present.get().ports().keySet().equals(new HashSet<>(request.internalPorts()))) {
            throw new PortException(
                    FailureKind.CONFLICT,
                    "module " + request.module() + " has a reservation of ports "
                            + present.get().ports() + " already; cancel it first",
                    null);
        }
        return extend(request.module(), ttl, deadline);
    }

    @Override
    public Optional<PortReservation> extend(String module, Duration ttl, Deadline deadline) {
        requireTtl(ttl);
        view.sweep(deadline);
        Optional<PortAllocation> promises = promises(module, deadline);
        if (promises.isEmpty() || !store.extend(promises.get(), ttl, deadline)) {
            return Optional.empty();
        }
        return find(module, deadline);
    }

    @Override
    public boolean cancel(String module, Deadline deadline) {
        view.sweep(deadline);
        Optional<PortAllocation> promises = promises(module, deadline);
        if (promises.isEmpty() || !store.release(promises.get(), false, deadline)) {
            return false;
        }
        view.offer(promises.get().ports().values());
        return true;
    }

    @Override
    public List<PortReservation> list(Deadline deadline) {
        view.sweep(deadline);
        return whole(store.entries(deadline))
                .collect(Collectors.groupingBy(PortEntry::module, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(RegistryReservations::reservation)
                .toList();
    }

    private Optional<PortReservation> find(String module, Deadline deadline) {
        List<PortEntry> entries = promised(module, deadline);
        return entries.isEmpty() ? Optional.empty() : Optional.of(reservation(entries));
    }

    private Optional<PortAllocation> promises(String module, Deadline deadline) {
        List<PortEntry> entries = promised(module, deadline);
        return entries.stream()
                .findFirst()
                .map(first -> new PortAllocation(module, first.generation(), first.owner(), ports(entries)));
    }

    private List<PortEntry> promised(String module, Deadline deadline) {
        return whole(store.heldBy(module, deadline)).toList();
    }

    /** Returns the promises of reservations that hold a slot; those of others are not made yet, or given back again. */
    private static Stream<PortEntry> whole(List<PortEntry> entries) {
        Set<String> owners = entries.stream()
                .filter(entry ->
                        entry.state() == State.PROMISED && !entry.slot().isEmpty())
                .map(PortEntry::owner)
                .collect(Collectors.toSet());
        return entries.stream().filter(entry -> entry.state() == State.PROMISED && owners.contains(entry.owner()));
    }

    private static PortReservation reservation(List<PortEntry> entries) {
        Instant end = entries.stream()
                .flatMap(entry -> entry.since().stream())
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new PortReservation(entries.get(0).module(), ports(entries), end);
    }

    private static Map<Integer, Integer> ports(List<PortEntry> entries) {
        return entries.stream().collect(Collectors.toMap(PortEntry::internalPort, PortEntry::port, Math::min));
    }

    private static void requireTtl(Duration ttl) {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw new InvalidInputException("ttl", ttl, "lie between one second and " + LONGEST.toDays() + " days");
        }
    }
}
