package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reloads NGINX and proves it. The signal proves nothing: NGINX may refuse what its own test accepts, and its old
 * workers go on answering for a while after the new ones have begun.
 */
public final class Reloader {

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(30);

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

    /** Returns quietly if the generation is served already, and reloads otherwise. */
    void ensureServed(String generation, Deadline deadline) throws NginxFailure {
        if (!listener.servedGeneration(deadline).equals(generation)) {
            reload(generation, deadline);
        }
    }

    /**
     * Returns when no worker serves anything but the generation.
     *
     * @param generation what the listener must say; nothing means that none of ours is in force
     */
    void reload(String generation, Deadline callersDeadline) throws NginxFailure {
        Deadline deadline = callersDeadline.orAfter(PROOF_LIMIT);
        Set<Long> before = nginx.acceptingWorkers();
        reloads.incrementAndGet();
        nginx.reload(deadline);
        try {
            while (!isServed(generation, before, deadline)) {
                if (!deadline.pause(POLL)) {
                    throw NginxFailure.unavailable(
                            "NGINX does not serve generation " + generation + " in time; it says \""
                                    + listener.servedGeneration(Deadline.after(Duration.ofSeconds(2)))
                                    + "\", see its error log",
                            List.of());
                }
            }
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
    }

    private boolean isServed(String generation, Set<Long> before, Deadline deadline) throws NginxFailure {
        return listener.servedGeneration(deadline).equals(generation)
                && nginx.acceptingWorkers().stream().noneMatch(before::contains);
    }
}
