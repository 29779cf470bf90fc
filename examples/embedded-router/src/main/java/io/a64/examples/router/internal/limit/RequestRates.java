package io.a64.examples.router.internal.limit;

import io.a64.proxy.RateLimit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How often each client asks: a token bucket per client, kept as the time at which it will be full again (the generic
 * cell rate algorithm of ITU-T I.371). Keeps the clients that asked last, up to a number. Safe for use by several
 * threads.
 */
final class RequestRates {

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Client, Long> fullAt;

    RequestRates(LongSupplier nanoTime, int mostClients) {
        this.nanoTime = nanoTime;
        fullAt = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Client, Long> eldest) {
                return size() > mostClients;
            }
        };
    }

    /** Returns whether a client may ask now, and counts it if so. */
    boolean admit(Client client, RateLimit limit) {
        long interval = TimeUnit.SECONDS.toNanos(1) / limit.requestsPerSecond();
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            long ahead = Math.max(0, fullAt.getOrDefault(client, now) - now);
            boolean admitted = ahead <= limit.burst() * interval;
            if (admitted) {
                fullAt.put(client, now + ahead + interval);
            }
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    int clients() {
        lock.lock();
        try {
            return fullAt.size();
        } finally {
            lock.unlock();
        }
    }
}
