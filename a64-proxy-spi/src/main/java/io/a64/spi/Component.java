package io.a64.spi;

import io.a64.A64Exception;
import io.a64.Deadline;

/** What every pluggable part has in common. Implementations are safe for use by several threads. */
public interface Component extends AutoCloseable {

    /** Returns the short lower-case name of the implementation, such as {@code mongodb}; the same for its whole life. */
    String name();

    /**
     * Returns quietly if the part can do its work now.
     *
     * @throws A64Exception of kind {@link io.a64.FailureKind#UNAVAILABLE} if it cannot, naming what is down
     */
    void ping(Deadline deadline);

    /**
     * Gives back what this object itself opened, never what the host application handed to it. Never removes a
     * container, a port or a route. A second call does nothing.
     */
    @Override
    void close();
}
