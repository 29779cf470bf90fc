package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of ports while their deployments take their time, whatever step they are in. Its one thread, {@code
 * a64-lease-keeper}, is a daemon; it starts with the first deployment and ends when none has been under way for a while.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int RENEWALS_PER_LEASE = 3;
    private static final long IDLE_SECONDS = 30;

    private final PortAllocator allocator;
    private final ScheduledThreadPoolExecutor executor;

    LeaseKeeper(PortAllocator allocator) {
        this.allocator = allocator;
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "a64-lease-keeper");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Keeps an allocation from lapsing until the result is closed. */
    Lease keep(PortAllocation allocation) {
        Duration interval = allocator.lease().dividedBy(RENEWALS_PER_LEASE);
        Lease lease = new Lease(allocation, interval);
        lease.renewals.set(executor.scheduleWithFixedDelay(
                lease::renew, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS));
        return lease;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** An allocation that is being kept. Safe for use by several threads. */
    final class Lease implements AutoCloseable {
        private final PortAllocation allocation;
        private final Duration interval;
        private final AtomicReference<Future<?>> renewals = new AtomicReference<>();
        private volatile boolean lost;

        private Lease(PortAllocation allocation, Duration interval) {
            this.allocation = allocation;
            this.interval = interval;
        }

        private void renew() {
            try {
                if (!allocator.renew(allocation, Deadline.after(interval))) {
                    lost = true;
                    log.warn(
                            "ports {} of module {} are lost", allocation.ports().values(), allocation.module());
                    close();
                }
            } catch (RuntimeException e) {
                log.info(
                        "the lease of module {} was not renewed and will be tried again: {}",
                        allocation.module(),
                        e.getMessage());
            }
        }

        /** Returns whether the registry says that the ports are not held any more. */
        boolean isLost() {
            return lost;
        }

        @Override
        public void close() {
            Future<?> running = renewals.get();
            if (running != null) {
                running.cancel(false);
            }
        }
    }
}
