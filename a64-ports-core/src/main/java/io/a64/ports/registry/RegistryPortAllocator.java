package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortLedger;
import io.a64.ports.spi.PortReservations;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out ports by one algorithm, whatever the store. Callers block for the store's round trips only: ordinarily one
 * per allocation, and a few more on one call in several seconds, to sweep and to look at the registry anew. Safe for
 * use by several threads; starts none of its own.
 */
public abstract class RegistryPortAllocator implements PortAllocator {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryPortAllocator.class);

    private final PortStore store;
    private final RegistrySettings settings;
    private final PortSpace space;
    private final RegistryView view;
    private final RegistryEvents events = new RegistryEvents();
    private volatile boolean closed;

    /** Creates an allocator that owns the store object, and closes it. */
    protected RegistryPortAllocator(PortStore store, RegistrySettings settings) {
        this(store, settings, System::nanoTime);
    }

    /**
     * Creates an allocator that measures the age of what it knows by another clock.
     *
     * @param nanoTime monotonic time in nanoseconds
     */
    protected RegistryPortAllocator(PortStore store, RegistrySettings settings, LongSupplier nanoTime) {
        this.store = store;
        this.settings = settings;
        space = new PortSpace(settings);
        view = new RegistryView(store, space, settings, events, nanoTime);
    }

    @Override
    public final String name() {
        return store.name();
    }

    /** Returns how this allocator hands out ports. */
    public final RegistrySettings settings() {
        return settings;
    }

    @Override
    public final Duration lease() {
        return settings.lease();
    }

    @Override
    public final void ping(Deadline deadline) {
        requireOpen();
        store.ping(deadline);
    }

    @Override
    public final PortAllocation allocate(PortRequest request, Deadline deadline) {
        requireOpen();
        PortArea area = space.areaOf(request);
        requireSize(area, request.internalPorts().size());
        view.refreshIfOld(deadline);
        PortAllocation allocation = request.source() instanceof PortSource.Exactly exactly
                ? new ExactClaim(store, view, request, exactly, settings.rests(), deadline).run()
                : new ClaimRun(store, view, events, area, request, deadline).run();
        LOG.debug("Ports {} reserved for module {}", allocation.ports(), request.module());
        return allocation;
    }

    /** What can never succeed does not trouble the store. */
    private static void requireSize(PortArea area, int wanted) {
        if (area.size() < wanted) {
            throw new PortException(
                    FailureKind.EXHAUSTED,
                    "ports exhausted: " + wanted + " wanted, but " + area.name() + " " + area.ranges()
                            + area.expansion() + " has only " + area.size()
                            + " ports that may be handed out; extend the range",
                    null);
        }
    }

    @Override
    public final boolean confirm(PortAllocation allocation, Deadline deadline) {
        requireOpen();
        return store.confirm(allocation, deadline);
    }

    @Override
    public final boolean renew(PortAllocation allocation, Deadline deadline) {
        requireOpen();
        return store.renew(allocation, deadline);
    }

    @Override
    public final boolean release(PortAllocation allocation, PortUse use, Deadline deadline) {
        requireOpen();
        boolean rest = use == PortUse.WAS_BOUND && !settings.cooldown().isZero();
        boolean held = store.release(allocation, rest, deadline);
        if (held && !rest) {
            view.offer(allocation.ports().values());
        }
        LOG.debug("Ports {} of module {} released: {}", allocation.ports(), allocation.module(), held);
        return held;
    }

    @Override
    public final boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline) {
        requireOpen();
        boolean held = store.quarantine(allocation, evidence, deadline);
        if (held) {
            Map<Integer, String> named = new TreeMap<>(evidence);
            named.keySet().retainAll(allocation.ports().values());
            // What another program has recorded is left to it.
            view.foreign().forEach(entry -> named.remove(entry.port()));
            events.noteQuarantined(allocation.module(), named);
        }
        return held;
    }

    @Override
    public final PortStatistics statistics(Deadline deadline) {
        requireOpen();
        view.refreshIfOld(deadline);
        List<PortEntry> entries = store.entries(deadline);
        Map<State, Integer> states = Counts.byState(
                entries.stream().filter(entry -> view.isInSpace(entry.port())).toList());
        List<PoolStatistics> pools = space.areas().stream()
                .map(area -> Counts.of(area, entries))
                .sorted(Comparator.comparing(PoolStatistics::name))
                .toList();
        return new PortStatistics(
                settings.range(),
                Counts.of(space.general(), entries).available(),
                Counts.count(states, State.PROMISED),
                Counts.count(states, State.COOLING),
                Counts.count(states, State.QUARANTINED),
                entries.stream()
                        .filter(PortEntry::isAllocated)
                        .map(RegistryPortAllocator::allocated)
                        .toList(),
                pools);
    }

    private static AllocatedPort allocated(PortEntry entry) {
        return new AllocatedPort(entry.module(), entry.port(), entry.internalPort(), entry.allocatedAt());
    }

    @Override
    public final Optional<PortReservations> reservations() {
        return Optional.of(new RegistryReservations(store, space, view));
    }

    @Override
    public final Optional<PortLedger> ledger() {
        return Optional.of(new RegistryLedger(store, space, events));
    }

    @Override
    public final void close() {
        closed = true;
        store.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new PortException(FailureKind.UNAVAILABLE, "the " + store.name() + " port allocator is closed", null);
        }
    }
}
