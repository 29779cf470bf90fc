package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps the picture of the registry young enough: sweeps the store and looks at it again, on the thread of a caller,
 * when the last time is too long ago. One thread looks; the others work on with the former picture meanwhile.
 */
final class RegistryView {
    /** How often documents of other programs are looked for, which takes longer than a sweep. */
    private static final Duration THOROUGH_INTERVAL = Duration.ofMinutes(1);

    private final PortStore store;
    private final BitSet space;
    private final Rests rests;
    private final RegistryEvents events;
    private final LongSupplier nanoTime;
    private final FreePorts free;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile boolean looked;
    private volatile long lookedAt;
    private volatile long lookedThoroughlyAt;
    private volatile List<PortEntry> foreign = List.of();
    private volatile boolean contended;

    RegistryView(
            PortStore store, PortSpace space, RegistrySettings settings, RegistryEvents events, LongSupplier nanoTime) {
        this.store = store;
        this.space = space.all();
        this.rests = settings.rests();
        this.events = events;
        this.nanoTime = nanoTime;
        free = new FreePorts(settings.strategy());
    }

    FreePorts free() {
        return free;
    }

    /** Returns what other programs held at the last thorough look. */
    List<PortEntry> foreign() {
        return foreign;
    }

    /** Returns whether the port may be handed out to somebody. */
    boolean isInSpace(int port) {
        return space.get(port);
    }

    /** Offers ports again that were given back; those that may not be handed out any more are left out. */
    void offer(Collection<Integer> ports) {
        free.offer(ports.stream().filter(space::get).toList());
    }

    /** Notes that another host was quicker to claim a port that seemed to be free. */
    void lost() {
        contended = true;
    }

    /** Returns whether other hosts have been quicker since the last look. */
    boolean isContended() {
        return contended;
    }

    /** Looks again if the picture is too old; waits for another thread's look only if there is no picture yet. */
    void refreshIfOld(Deadline deadline) {
        if (isYoung()) {
            return;
        }
        Duration patience = looked ? Duration.ZERO : deadline.remaining();
        if (tryLock(patience)) {
            try {
                if (!isYoung()) {
                    look(isThoroughDue(), deadline);
                }
            } finally {
                looking.unlock();
            }
        } else if (!looked) {
            throw new PortException(
                    FailureKind.DEADLINE_EXCEEDED, "the port registry was not read by the deadline", null);
        }
    }

    /** Sweeps thoroughly and looks again; a look of another thread that began after this call serves as well. */
    void refreshNow(Deadline deadline) {
        long called = nanoTime.getAsLong();
        if (tryLock(deadline.remaining())) {
            try {
                if (!looked || lookedThoroughlyAt - called <= 0) {
                    look(true, deadline);
                }
            } finally {
                looking.unlock();
            }
        }
    }

    /** Ends what is over, without looking. */
    void sweep(Deadline deadline) {
        store.sweep(rests, false, deadline);
    }

    private boolean isYoung() {
        long interval = store.sweepInterval().toNanos();
        return looked && interval > 0 && nanoTime.getAsLong() - lookedAt < interval;
    }

    private boolean isThoroughDue() {
        return !looked || nanoTime.getAsLong() - lookedThoroughlyAt >= THOROUGH_INTERVAL.toNanos();
    }

    private void look(boolean thorough, Deadline deadline) {
        long began = nanoTime.getAsLong();
        store.sweep(rests, thorough, deadline);
        if (thorough) {
            foreign = store.foreign(deadline);
            events.noteForeign(foreign);
            lookedThoroughlyAt = began;
        }
        free.lookBegins();
        free.lookShowed(store.free(space, deadline));
        contended = false;
        lookedAt = nanoTime.getAsLong();
        looked = true;
    }

    private boolean tryLock(Duration patience) {
        try {
            return looking.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortException(FailureKind.INTERRUPTED, "interrupted while waiting for the port registry", e);
        }
    }
}
