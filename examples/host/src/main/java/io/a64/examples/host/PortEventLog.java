package io.a64.examples.host;

import io.a64.ports.event.PortEvent;
import io.a64.ports.event.PortEvent.DuplicateFound;
import io.a64.ports.event.PortEvent.PoolExpanded;
import io.a64.ports.event.PortEvent.PortQuarantined;
import io.a64.ports.event.PortListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of each port event in one line that a machine can read too. */
final class PortEventLog implements PortListener {

    private static final Logger log = LoggerFactory.getLogger(PortEventLog.class);

    @Override
    public void onEvent(PortEvent event) {
        log.warn("port event: {}", line(event));
    }

    /** What others have written into the evidence must not break the line. */
    static String line(PortEvent event) {
        return text(event).replaceAll("\\p{Cntrl}+", " ");
    }

    private static String text(PortEvent event) {
        if (event instanceof PoolExpanded expanded) {
            return "pool_expanded pool=" + expanded.pool() + " port=" + expanded.port() + " into=" + expanded.into();
        }
        if (event instanceof PortQuarantined quarantined) {
            return "port_quarantined port=" + quarantined.port() + " module=" + quarantined.module() + " evidence="
                    + quarantined.evidence();
        }
        if (event instanceof DuplicateFound duplicate) {
            return "duplicate_found module=" + duplicate.module() + " internal_port=" + duplicate.internalPort()
                    + " ports=" + duplicate.ports();
        }
        return event.toString();
    }
}
