package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.control.NginxControl.Complaints;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reloads NGINX and proves it. The signal proves nothing: NGINX may refuse what its own test accepts, and its old
 * workers go on answering for a while after the new ones have begun.
 */
public final class Reloader {

    private static final Duration POLL = Duration.ofMillis(10);
    /** NGINX tries for 2.5 s to get a port that somebody else has; after this long it has refused, or hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long one answer has to stay the same where it cannot be seen which workers give it. */
    private static final Duration STEADY = Duration.ofMillis(500);

    private final NginxControl nginx;
    private final Listener listener;
    private final AtomicLong reloads = new AtomicLong();

    public Reloader(NginxControl nginx, Listener listener) {
        this.nginx = nginx;
        this.listener = listener;
    }

    /** Returns how often NGINX was told to reload. */
    public long reloads() {
        return reloads.get();
    }

    /** Returns whether the generation is what NGINX serves. */
    boolean serves(String generation, Deadline deadline) {
        return listener.servedGeneration(deadline).equals(generation);
    }

    /** Returns when no worker serves anything but the generation. */
    void reload(String generation, Deadline deadline) throws NginxFailure {
        Complaints complaints = nginx.complaints(deadline);
        Set<Long> before = signal(deadline);
        if (!isServedInTime(generation, before, before.isEmpty(), deadline.orAfter(PATIENCE))) {
            String served = listener.servedGeneration(Deadline.after(STEADY));
            throw new NginxFailure(
                    deadline.hasPassed() ? FailureKind.DEADLINE_EXCEEDED : FailureKind.UNAVAILABLE,
                    "NGINX does not serve generation " + generation + " in time; it says \"" + served
                            + "\", see its error log",
                    complaints.lines(Deadline.after(STEADY)),
                    null);
        }
    }

    /**
     * Reloads after a failure. NGINX may refuse this as well, and its old workers, which never stopped to serve the
     * former generation, then go on: steady right answers are enough.
     *
     * @param generation what the listener must say; nothing means that none of ours is in force
     */
    void reloadAfterFailure(String generation) throws NginxFailure {
        Deadline deadline = Deadline.after(PATIENCE);
        Set<Long> before = signal(deadline);
        if (!isServedInTime(generation, before, true, deadline)) {
            throw NginxFailure.deadline("NGINX does not serve the former generation \"" + generation + "\" either");
        }
    }

    private Set<Long> signal(Deadline deadline) throws NginxFailure {
        Set<Long> before = nginx.workers(deadline).accepting();
        reloads.incrementAndGet();
        nginx.reload(deadline);
        return before;
    }

    private boolean isServedInTime(String generation, Set<Long> before, boolean steadySuffices, Deadline deadline)
            throws NginxFailure {
        Deadline steady = Deadline.after(STEADY);
        do {
            boolean retired = !before.isEmpty()
                    && Collections.disjoint(before, nginx.workers(deadline).accepting());
            if (!listener.servedGeneration(deadline).equals(generation)) {
                steady = Deadline.after(STEADY);
            } else if (retired || (steadySuffices && steady.hasPassed())) {
                return true;
            }
        } while (pause(deadline));
        return false;
    }

    private static boolean pause(Deadline deadline) throws NginxFailure {
        try {
            return deadline.pause(POLL);
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
    }
}
