package io.a64.examples.benchmarks.routes.load;

import java.io.IOException;
import java.time.Duration;

/** Asks as much as it can for some time. */
@FunctionalInterface
public interface Load {

    /** Runs against a port of this machine, for whole seconds. */
    Done run(int port, Duration time) throws IOException, InterruptedException;

    /**
     * What was done; anything that failed is an exception.
     *
     * @param count how many requests or messages were answered
     * @param perSecond how many per second
     */
    record Done(long count, double perSecond) {}
}
