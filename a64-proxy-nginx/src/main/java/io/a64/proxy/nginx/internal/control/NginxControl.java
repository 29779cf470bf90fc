package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What can be asked of a running NGINX, wherever it runs. Safe for use by several threads. */
public interface NginxControl {

    /** Returns quietly if the master runs. */
    void requireRunning(Deadline deadline) throws NginxFailure;

    /** Returns whether the master runs. */
    default boolean isRunning(Deadline deadline) {
        try {
            requireRunning(deadline);
            return true;
        } catch (NginxFailure e) {
            return false;
        }
    }

    /**
     * Tests a staged generation; what is in force is not touched.
     *
     * @param currentLink where the main configuration includes the generation in force from
     * @param staged the generation to test in its place
     * @throws NginxFailure with NGINX's own lines as evidence if it would refuse; with the missing lines if the main
     *     configuration does not include us
     */
    void test(Path currentLink, Path staged, Deadline deadline) throws NginxFailure;

    /** Returns a path of this machine as NGINX sees it. */
    Path asSeen(Path local, Deadline deadline) throws NginxFailure;

    /** Returns the text of the operator's main configuration. */
    String mainText(Deadline deadline) throws NginxFailure;

    /** Returns an address that NGINX listens at as this process reaches it. */
    URI reach(URI listener, Deadline deadline) throws NginxFailure;

    /** Returns the workers of the master as they are now. */
    Workers workers(Deadline deadline) throws NginxFailure;

    /** Returns the bytes that workers take, counted as PSS; empty if the system lets nothing of it be read. */
    OptionalLong memory(Set<Long> workers, Deadline deadline) throws NginxFailure;

    /** Returns whether another program holds a port; false where that cannot be known. */
    boolean isTaken(InetSocketAddress address);

    /** Starts to listen to what NGINX complains about. */
    Complaints complaints(Deadline deadline);

    /** Tells the master to read its configuration anew; returns before it has. */
    void reload(Deadline deadline) throws NginxFailure;

    /**
     * Lets workers finish what they have begun and end, as the master does after a reload, but not before it has slept
     * for 100 ms, so that the new ones can get ready. To be used once they are seen to be ready: the master is in that
     * sleep then, or past it, and does not take the early end for a crash.
     */
    void retire(Set<Long> workers, Deadline deadline) throws NginxFailure;

    /**
     * The workers of a master, by process id.
     *
     * @param accepting those that accept connections
     * @param starting those that are about to accept them
     * @param retiring those that only finish what they have begun, by the configuration of their time
     */
    record Workers(Set<Long> accepting, Set<Long> starting, Set<Long> retiring) {

        public Workers {
            accepting = Set.copyOf(accepting);
            starting = Set.copyOf(starting);
            retiring = Set.copyOf(retiring);
        }
    }

    /** What NGINX has complained about since a certain moment. */
    @FunctionalInterface
    interface Complaints {

        /** Returns lines of its error log, oldest first; empty if there are none or the log cannot be read. */
        List<String> lines(Deadline deadline);
    }
}
