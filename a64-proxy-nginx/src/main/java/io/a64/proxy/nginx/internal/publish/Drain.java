package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Watches NGINX's retiring workers, the only ones that may still send anything to upstreams that no generation in force
 * names. What it says holds after a restart of this process too, because it asks NGINX's own processes.
 */
public final class Drain {

    private static final Duration POLL = Duration.ofMillis(20);

    private final NginxControl nginx;

    public Drain(NginxControl nginx) {
        this.nginx = nginx;
    }

    /**
     * Waits for the end of the workers that are retiring at present; those that begin to retire meanwhile know nothing
     * that is not in force now.
     *
     * @return false if the deadline passed first
     */
    public boolean await(Deadline deadline) throws NginxFailure {
        Set<Long> former = nginx.workers(deadline).retiring();
        try {
            while (!Collections.disjoint(former, nginx.workers(deadline).retiring())) {
                if (!deadline.pause(POLL)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
    }

    /** Returns the workers that are retiring at present. */
    public Set<Long> workers(Deadline deadline) throws NginxFailure {
        return nginx.workers(deadline).retiring();
    }

    /** Returns the bytes that workers take together; empty if the system does not tell. */
    public OptionalLong memory(Set<Long> workers, Deadline deadline) throws NginxFailure {
        return workers.isEmpty() ? OptionalLong.of(0) : nginx.memory(workers, deadline);
    }
}
