package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import java.time.Duration;
import java.time.Instant;

/** How long one deployer may keep the others away from a module, by the store's clock. */
final class Leases {

    /** Undoing has a time of its own, so that a deployment that ran out of time is still cleaned up. */
    static final Duration UNDO_LIMIT = Duration.ofSeconds(90);

    /** The share of one step, so that one that hangs does not take the others' time. */
    static final Duration UNDO_STEP_LIMIT = Duration.ofSeconds(20);

    private Leases() {}

    static Instant busyUntil(ModuleStore store, Duration timeout, Deadline deadline) {
        return store.now(deadline).plus(timeout).plus(UNDO_LIMIT);
    }

    static boolean isBusy(ModuleStore store, ModuleRecord record, Deadline deadline) {
        return record.busyUntil().isPresent()
                && store.now(deadline).isBefore(record.busyUntil().get());
    }
}
