package io.a64;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point in monotonic time by which a blocking call has to end. Immutable, safe for use by several threads.
 *
 * <p>A deadline is handed down unchanged through every call that serves one purpose, so that the time-outs of the
 * parts cannot add up to more than the whole.
 */
public final class Deadline {

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** Returns the deadline that passes after the given time, counted from now; zero or less has passed already. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns this deadline, or the one that passes after the given time if that is sooner. */
    public Deadline orAfter(Duration time) {
        Deadline other = after(time);
        return other.nanos - nanos < 0 ? other : this;
    }

    /** Returns the time left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Returns the milliseconds left, rounded up, at least 1: what clients take whose 0 means "for ever". */
    public int remainingMillis() {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()) + 1;
        return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
    }

    /** Returns whether no time is left. */
    public boolean hasPassed() {
        return nanos - System.nanoTime() <= 0;
    }

    /**
     * Sleeps for the given time, or until the deadline if that is sooner.
     *
     * @return whether time is left after the pause
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public boolean pause(Duration time) throws InterruptedException {
        Duration left = remaining();
        TimeUnit.NANOSECONDS.sleep((time.compareTo(left) < 0 ? time : left).toNanos());
        return !hasPassed();
    }

    @Override
    public String toString() {
        return remaining() + " left";
    }
}
