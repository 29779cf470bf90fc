package io.a64.core.internal.deploy;

import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.module.ModuleState;
import io.a64.ports.spi.PortAllocator;
import java.util.Optional;

/** Step 10: makes the ports last and the record say running. Undone by giving up ports and record. */
record ActivateStep(PortAllocator allocator, ModuleStore store) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.ACTIVATE;
    }

    @Override
    public String run(Attempt attempt) {
        attempt.stopKeepingPorts();
        if (!allocator.confirm(attempt.requiredAllocation(), attempt.deadline())) {
            throw attempt.lostPorts();
        }
        ModuleRecord current = attempt.requiredRecord();
        ModuleRecord running = current.next(ModuleState.RUNNING, Optional.empty());
        if (!store.replace(current, running, attempt.deadline())) {
            throw Conflicts.busy(attempt.module());
        }
        attempt.recorded(running);
        return "module " + attempt.module() + " is " + running.state().label();
    }
}
