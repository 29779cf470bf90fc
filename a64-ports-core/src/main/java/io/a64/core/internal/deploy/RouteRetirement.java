package io.a64.core.internal.deploy;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.module.ModuleState;
import io.a64.proxy.spi.RouteWriter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a module's route out, and lets what is under way on it come to its end. */
record RouteRetirement(RouteWriter routes, Duration drainTimeout) {

    private static final Logger log = LoggerFactory.getLogger(RouteRetirement.class);

    /**
     * Returns when nothing can reach the module through the proxy any more, or when the time for that is over.
     *
     * @param former the record as it was before the removal began: a module that was never proven serves nobody
     * @return what came of it, in words for an operator
     */
    String run(ModuleRecord former, Deadline deadline) {
        if (former.spec().route().isEmpty()) {
            return "no route";
        }
        String removed = routes.remove(former.module(), deadline) ? "route removed" : "no route";
        return former.state() == ModuleState.INSTALLING ? removed : removed + "; " + drained(former.module(), deadline);
    }

    private String drained(String module, Deadline deadline) {
        Duration limit = limit(deadline);
        try {
            if (routes.awaitDrained(module, Deadline.after(limit))) {
                return "no request is under way";
            }
            log.info("requests or sockets of module {} are still under way after {}; they end now", module, limit);
            return "requests or sockets still under way after " + limit + " end now";
        } catch (A64Exception e) {
            if (e.kind() == FailureKind.INTERRUPTED) {
                throw e;
            }
            log.warn("it is not known whether requests of module {} are under way: {}", module, e.getMessage());
            return "requests that may be under way end now: " + e.getMessage();
        }
    }

    /** Leaves at least half of the time to the steps that follow. */
    private Duration limit(Deadline deadline) {
        Duration half = deadline.remaining().dividedBy(2);
        return drainTimeout.compareTo(half) < 0 ? drainTimeout : half;
    }
}
