package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.control.NginxControl.Complaints;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reloads NGINX and proves it. The signal proves nothing: NGINX may refuse what its own test accepts, and its old
 * workers go on answering for a while after the new ones have begun.
 */
public final class Reloader {

    private static final Duration SHORTEST_POLL = Duration.ofMillis(2);
    private static final Duration LONGEST_POLL = Duration.ofMillis(25);
    /** NGINX tries for 2.5 s to get a port that somebody else has; after this long it has refused, or hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long one answer has to stay the same where it cannot be seen which workers give it. */
    private static final Duration STEADY = Duration.ofMillis(500);
    /** What the words of NGINX are worth once it is known that it refused; a container takes a while to tell them. */
    private static final Duration EVIDENCE_LIMIT = Duration.ofSeconds(2);

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
    void reload(String generation, Deadline deadline) throws IOException, NginxFailure {
        reload(generation, deadline, () -> {});
    }

    /** Does something meanwhile that need not be done before NGINX is told. */
    void reload(String generation, Deadline deadline, Meanwhile meanwhile) throws IOException, NginxFailure {
        Complaints complaints = nginx.complaints(deadline);
        Set<Long> before = signal(deadline);
        meanwhile.run();
        if (!isServedInTime(generation, before, before.isEmpty(), deadline.orAfter(PATIENCE))) {
            String served = listener.servedGeneration(Deadline.after(STEADY));
            throw new NginxFailure(
                    deadline.hasPassed() ? FailureKind.DEADLINE_EXCEEDED : FailureKind.UNAVAILABLE,
                    "NGINX does not serve generation " + generation + " in time; it says \"" + served
                            + "\", see its error log",
                    complaints.lines(Deadline.after(EVIDENCE_LIMIT)),
                    null);
        }
    }

    /** What is done while NGINX starts its new workers. */
    @FunctionalInterface
    interface Meanwhile {

        void run() throws IOException;
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
        NginxControl.Workers now = nginx.workers(deadline);
        Set<Long> before = new HashSet<>(now.accepting());
        before.addAll(now.starting());
        reloads.incrementAndGet();
        nginx.reload(deadline);
        return before;
    }

    /** A question that outlasts our patience has the same answer as one that is never answered right. */
    private boolean isServedInTime(String generation, Set<Long> before, boolean steadySuffices, Deadline deadline)
            throws NginxFailure {
        try {
            return isServed(generation, before, steadySuffices, deadline);
        } catch (NginxFailure e) {
            if (e.kind() == FailureKind.DEADLINE_EXCEEDED) {
                return false;
            }
            throw e;
        }
    }

    private boolean isServed(String generation, Set<Long> before, boolean steadySuffices, Deadline deadline)
            throws NginxFailure {
        Deadline steady = Deadline.after(STEADY);
        Duration pause = SHORTEST_POLL;
        boolean retiring = false;
        do {
            Set<Long> accepting = nginx.workers(deadline).accepting();
            boolean retired = !before.isEmpty() && Collections.disjoint(before, accepting);
            if (!retiring && isReplaced(before, accepting)) {
                nginx.retire(before, deadline);
                retiring = true;
                pause = SHORTEST_POLL;
            } else if (!listener.servedGeneration(deadline).equals(generation)) {
                steady = Deadline.after(STEADY);
            } else if (retired || (steadySuffices && steady.hasPassed())) {
                return true;
            }
            pause = longer(pause);
        } while (pause(pause, deadline));
        return false;
    }

    /** Returns whether as many new workers are ready as there were old ones. */
    private static boolean isReplaced(Set<Long> before, Set<Long> accepting) {
        Set<Long> fresh = new HashSet<>(accepting);
        fresh.removeAll(before);
        return !before.isEmpty() && fresh.size() >= before.size();
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(5).dividedBy(4);
        return next.compareTo(LONGEST_POLL) < 0 ? next : LONGEST_POLL;
    }

    private static boolean pause(Duration pause, Deadline deadline) throws NginxFailure {
        try {
            return deadline.pause(pause);
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
    }
}
