package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.nio.file.Path;
import java.util.Set;

/** What can be asked of a running NGINX, wherever it runs. Safe for use by several threads. */
public interface NginxControl {

    /** Returns quietly if the master runs. */
    void requireRunning() throws NginxFailure;

    /** Returns whether the master runs. */
    default boolean isRunning() {
        try {
            requireRunning();
            return true;
        } catch (NginxFailure e) {
            return false;
        }
    }

    /**
     * Tests a staged generation.
     *
     * @param currentLink where the main configuration includes the generation in force from
     * @param modulesLink where it includes the modules' files from
     * @param staged the generation to test in their place
     * @return false if the main configuration includes us in a way that lets nothing be tested before it is in force
     * @throws NginxFailure with NGINX's own lines as evidence if it would refuse
     */
    boolean test(Path currentLink, Path modulesLink, Path staged, Deadline deadline) throws NginxFailure;

    /** Tests what is in force on disk, whether NGINX has read it yet or not. */
    void testInForce(Deadline deadline) throws NginxFailure;

    /** Returns the workers that accept requests. */
    Set<Long> acceptingWorkers() throws NginxFailure;

    /** Tells the master to read its configuration anew; returns before it has. */
    void reload(Deadline deadline) throws NginxFailure;
}
