package io.a64.ports.spi;

import io.a64.Deadline;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortTenure;
import io.a64.ports.event.PortListener;
import java.util.List;

/**
 * What a registry knows beyond the present moment. Safe for use by several threads. Every method with a deadline may
 * throw {@link io.a64.ports.PortException}.
 */
public interface PortLedger {

    /** Returns all confirmed allocations with their owners, sorted by port; those of other programs are left out. */
    List<PortAllocation> bound(Deadline deadline);

    /** Returns who held which port and who holds it, sorted by port and time, as far back as the registry remembers. */
    List<PortTenure> tenures(Deadline deadline);

    /** Returns for the general range and each pool when it will be full, from how its use has grown of late. */
    List<PoolForecast> forecast(Deadline deadline);

    /** Adds a listener; it is told what this allocator causes and finds, not what others on the registry do. */
    void addListener(PortListener listener);

    /** Removes a listener; nothing happens if it is not there. */
    void removeListener(PortListener listener);
}
