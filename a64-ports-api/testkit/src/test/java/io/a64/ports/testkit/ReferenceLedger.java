package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortTenure;
import io.a64.ports.event.PortEvent;
import io.a64.ports.event.PortListener;
import io.a64.ports.spi.PortLedger;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import io.a64.ports.testkit.ReferenceSpace.Area;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The ledger of a reference allocator. Its protected methods are where faults are planted. */
class ReferenceLedger implements PortLedger {
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    final ReferenceAllocator allocator;
    final ReferenceRegistry registry;
    final List<PortListener> listeners = new CopyOnWriteArrayList<>();

    ReferenceLedger(ReferenceAllocator allocator) {
        this.allocator = allocator;
        registry = allocator.registry;
    }

    @Override
    public List<PortAllocation> bound(Deadline deadline) {
        synchronized (registry) {
            Map<String, PortAllocation> byOwner = new TreeMap<>();
            registry.holds.forEach((port, hold) -> {
                if (isListed(hold)) {
                    byOwner.merge(hold.request().owner(), allocation(port, hold), this::joined);
                }
            });
            return byOwner.values().stream()
                    .sorted(Comparator.comparing(allocation -> allocation.ports().values().stream()
                            .min(Integer::compare)
                            .orElse(0)))
                    .toList();
        }
    }

    protected boolean isListed(Hold hold) {
        return hold.state() == State.BOUND;
    }

    private static PortAllocation allocation(int port, Hold hold) {
        return new PortAllocation(
                hold.request().module(),
                hold.request().generation(),
                hold.request().owner(),
                Map.of(hold.internalPort(), port));
    }

    protected PortAllocation joined(PortAllocation one, PortAllocation other) {
        Map<Integer, Integer> ports = new TreeMap<>(one.ports());
        ports.putAll(other.ports());
        return new PortAllocation(one.module(), one.generation(), one.owner(), ports);
    }

    @Override
    public List<PortTenure> tenures(Deadline deadline) {
        synchronized (registry) {
            List<PortTenure> tenures = new ArrayList<>(past());
            registry.holds.forEach((port, hold) -> {
                if (hold.isHeld()) {
                    tenures.add(hold.tenure(port, Optional.empty(), Optional.empty()));
                }
            });
            tenures.sort(order());
            return tenures;
        }
    }

    protected List<PortTenure> past() {
        return registry.past;
    }

    protected Comparator<PortTenure> order() {
        return Comparator.comparing(PortTenure::port).thenComparing(PortTenure::from);
    }

    @Override
    public List<PoolForecast> forecast(Deadline deadline) {
        synchronized (registry) {
            return allocator.areas().stream().map(this::forecast).toList();
        }
    }

    private PoolForecast forecast(Area area) {
        List<PortTenure> tenures = tenures(Deadline.after(Duration.ZERO));
        Instant earliest = registry.now.minus(LOOK_BACK);
        Instant from = tenures.stream()
                .map(PortTenure::from)
                .min(Comparator.naturalOrder())
                .filter(first -> first.isAfter(earliest))
                .orElse(earliest);
        Duration observed = Duration.between(from, registry.now);
        double days = observed.toSeconds() / (double) Duration.ofDays(1).toSeconds();
        if (tenures.isEmpty() || isTooYoung(observed)) {
            return new PoolForecast(area.name(), observed, 0, Optional.empty());
        }
        double perDay = (held(tenures, registry.now) - held(tenures, from)) / days;
        return new PoolForecast(area.name(), observed, perDay, fullIn(area, perDay));
    }

    protected boolean isTooYoung(Duration observed) {
        return observed.compareTo(Duration.ofHours(1)) < 0;
    }

    protected Optional<Duration> fullIn(Area area, double perDay) {
        return perDay <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(
                        (long) (left(area) / perDay * Duration.ofDays(1).toSeconds())));
    }

    protected int left(Area area) {
        return allocator.count(area).available();
    }

    protected long held(List<PortTenure> tenures, Instant moment) {
        return tenures.stream()
                .filter(tenure -> tenure.from().isBefore(moment)
                        && tenure.to().map(moment::isBefore).orElse(true))
                .count();
    }

    @Override
    public void addListener(PortListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(PortListener listener) {
        listeners.remove(listener);
    }

    protected void emit(PortEvent event) {
        listeners.forEach(listener -> tell(listener, event));
    }

    protected void tell(PortListener listener, PortEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            // A listener does no harm; the real ones write it to the log.
            return;
        }
    }
}
