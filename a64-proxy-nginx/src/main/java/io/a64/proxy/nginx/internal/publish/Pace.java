package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.nginx.internal.disk.ProcessLock;
import java.io.IOException;
import java.time.Duration;

/**
 * Bounds how often NGINX is reloaded by all writers of a directory together, because every reload costs clients their
 * idle connections: some reloads may follow each other at once, then one per interval. Who comes later than that waits
 * for nobody. What was spent stands in the lock file, as the time by which all of it is earned again.
 */
public final class Pace {

    private static final Pace DEFAULT = new Pace(3, Duration.ofSeconds(1));

    private final long tolerance;
    private final long interval;

    /**
     * @param burst how many reloads may follow each other at once; at least 1
     * @param interval how long it takes to earn one more; zero bounds nothing
     */
    public Pace(int burst, Duration interval) {
        this.interval = interval.toMillis();
        this.tolerance = this.interval * (burst - 1);
    }

    /** Returns three at once, then one per second. */
    public static Pace standard() {
        return DEFAULT;
    }

    /** Returns how long it is until the next reload may be made; zero if it may be made now. */
    Duration untilNext(ProcessLock lock) throws IOException {
        long now = System.currentTimeMillis();
        return Duration.ofMillis(Math.max(0, earnedBy(lock, now) - tolerance - now));
    }

    /** Notes a reload, whether it was its time or not. */
    void spend(ProcessLock lock) throws IOException {
        long now = System.currentTimeMillis();
        lock.note(earnedBy(lock, now) + interval);
    }

    /** A clock that was put back must not stop anybody for longer than a whole burst takes. */
    private long earnedBy(ProcessLock lock, long now) throws IOException {
        long noted = lock.note().orElse(now);
        return Math.max(now, Math.min(noted, now + tolerance + interval));
    }
}
