package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.module.ModuleState;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Step 3: writes the module's record, by which no other deployment of it can begin; undone by removing it. */
record RecordStep(ModuleStore store, Clock clock) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.RECORD;
    }

    @Override
    public String run(Attempt attempt) {
        ModuleRecord record = new ModuleRecord(
                1,
                ModuleState.INSTALLING,
                attempt.spec(),
                attempt.requiredAllocation(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                Optional.of(Leases.busyUntil(store, attempt.timeout(), attempt.deadline())));
        if (!store.insert(record, attempt.deadline())) {
            throw Conflicts.busy(attempt.module());
        }
        attempt.recorded(record);
        return "module " + attempt.module() + " is " + record.state().label();
    }

    /** Looks the record up instead of trusting memory: an insert whose answer was lost may have happened. */
    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        return store.find(attempt.module(), deadline)
                .filter(found -> found.allocation().owner().equals(attempt.owner()))
                .filter(found -> store.remove(found, deadline))
                .map(found -> "record removed")
                .orElse("");
    }

    @Override
    public String keep(Attempt attempt, Deadline deadline) {
        return store.find(attempt.module(), deadline)
                .filter(found -> found.allocation().owner().equals(attempt.owner()))
                .filter(found -> store.replace(found, found.next(ModuleState.UNINSTALLING, Optional.empty()), deadline))
                .map(found -> "record kept: undeploy the module to try again")
                .orElse("");
    }
}
