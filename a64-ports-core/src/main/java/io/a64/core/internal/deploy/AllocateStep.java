package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.event.DeploymentStep;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;

/** Step 2: reserves external ports; undone by giving them back. */
record AllocateStep(PortAllocator allocator) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.ALLOCATE;
    }

    @Override
    public String run(Attempt attempt) {
        PortAllocation allocation = allocator.allocate(
                new PortRequest(
                        attempt.module(),
                        attempt.generation(),
                        attempt.owner(),
                        attempt.spec().internalPorts()),
                attempt.deadline());
        attempt.allocated(allocation);
        return "ports " + allocation.ports();
    }

    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        PortUse use = attempt.portsWereBound() ? PortUse.WAS_BOUND : PortUse.NEVER_BOUND;
        return attempt.allocation()
                .filter(allocation -> allocator.release(allocation, use, deadline))
                .map(allocation -> "ports " + allocation.ports().values() + " released")
                .orElse("");
    }
}
