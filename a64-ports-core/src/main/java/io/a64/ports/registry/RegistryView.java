package io.a64.ports.registry;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps the picture of the free ports young enough: sweeps the store and looks at it again, on the thread of a caller,
 * when the last time is too long ago. One thread looks; the others work on with the former picture meanwhile.
 */
final class RegistryView {
    private final PortStore store;
    private final PortPool pool;
    private final RegistrySettings settings;
    private final LongSupplier nanoTime;
    private final FreePorts free = new FreePorts();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile boolean looked;
    private volatile long lookedAt;

    RegistryView(PortStore store, PortPool pool, RegistrySettings settings, LongSupplier nanoTime) {
        this.store = store;
        this.pool = pool;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    FreePorts free() {
        return free;
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
                    look(!looked, deadline);
                }
            } finally {
                looking.unlock();
            }
        } else if (!looked) {
            throw new PortException(
                    FailureKind.DEADLINE_EXCEEDED, "the port registry was not read by the deadline", null);
        }
    }

    /** Sweeps thoroughly and looks again, now. */
    void refreshNow(Deadline deadline) {
        if (tryLock(deadline.remaining())) {
            try {
                look(true, deadline);
            } finally {
                looking.unlock();
            }
        }
    }

    private boolean isYoung() {
        long interval = store.sweepInterval().toNanos();
        return looked && interval > 0 && nanoTime.getAsLong() - lookedAt < interval;
    }

    private void look(boolean thorough, Deadline deadline) {
        store.sweep(settings.lease(), settings.cooldown(), thorough, deadline);
        free.lookBegins();
        free.lookShowed(store.free(pool, deadline));
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
