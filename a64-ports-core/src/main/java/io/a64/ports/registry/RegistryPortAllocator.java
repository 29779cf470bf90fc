package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out ports from a {@link PortStore}: the lowest free ones first, all or none. Safe for use by several threads,
 * and by several processes if the store is shared. Starts no thread: lapsed reservations and rested ports are swept up
 * on the threads of callers.
 */
public abstract class RegistryPortAllocator implements PortAllocator {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryPortAllocator.class);

    private final PortStore store;
    private final RegistrySettings settings;
    private final PortPool pool;
    private final RegistryView view;
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
        pool = new PortPool(settings.range(), settings.reserved());
        view = new RegistryView(store, pool, settings, nanoTime);
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
    public final void ping(Deadline deadline) {
        requireOpen();
        store.ping(deadline);
    }

    @Override
    public final PortAllocation allocate(PortRequest request, Deadline deadline) {
        requireOpen();
        view.refreshIfOld(deadline);
        PortAllocation allocation = new ClaimRun(store, pool, view, request, deadline).run();
        LOG.debug("Ports {} reserved for module {}", allocation.ports(), request.module());
        return allocation;
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
            view.free()
                    .offer(allocation.ports().values().stream()
                            .filter(pool::contains)
                            .toList());
        }
        LOG.debug("Ports {} of module {} released: {}", allocation.ports(), allocation.module(), held);
        return held;
    }

    @Override
    public final PortStatistics statistics(Deadline deadline) {
        requireOpen();
        view.refreshIfOld(deadline);
        List<PortEntry> entries = store.entries(deadline);
        int inPool = (int)
                entries.stream().filter(entry -> pool.contains(entry.port())).count();
        return new PortStatistics(
                pool.range(),
                pool.size() - inPool,
                count(entries, PortEntry.State.RESERVED),
                count(entries, PortEntry.State.COOLING),
                0,
                entries.stream()
                        .filter(entry -> entry.state() != PortEntry.State.COOLING)
                        .map(RegistryPortAllocator::allocated)
                        .toList());
    }

    private static int count(List<PortEntry> entries, PortEntry.State state) {
        return (int) entries.stream().filter(entry -> entry.state() == state).count();
    }

    private static AllocatedPort allocated(PortEntry entry) {
        return new AllocatedPort(entry.module(), entry.port(), entry.internalPort(), entry.allocatedAt());
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
