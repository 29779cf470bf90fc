package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.event.DeploymentStep;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 2: reserves external ports; undone by giving them back. */
record AllocateStep(PortAllocator allocator) implements Step {

    private static final Logger log = LoggerFactory.getLogger(AllocateStep.class);
    private static final Duration ASK_AGAIN_LIMIT = Duration.ofSeconds(2);

    @Override
    public DeploymentStep id() {
        return DeploymentStep.ALLOCATE;
    }

    @Override
    public String run(Attempt attempt) {
        PortAllocation allocation = allocator.allocate(request(attempt), attempt.deadline());
        attempt.allocated(allocation);
        return "ports " + allocation.ports();
    }

    private static PortRequest request(Attempt attempt) {
        return new PortRequest(
                attempt.module(),
                attempt.generation(),
                attempt.owner(),
                attempt.spec().internalPorts());
    }

    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        PortUse use = attempt.portsWereBound() ? PortUse.WAS_BOUND : PortUse.NEVER_BOUND;
        return attempt.allocation()
                .or(() -> reservedUnknown(attempt, deadline))
                .filter(allocation -> allocator.release(allocation, use, deadline))
                .map(allocation -> "ports " + allocation.ports().values() + " released")
                .orElse("");
    }

    /** What may still be bound to these ports must not lose them to the end of their lease. */
    @Override
    public String keep(Attempt attempt, Deadline deadline) {
        return attempt.allocation()
                .filter(allocation -> allocator.confirm(allocation, deadline))
                .map(allocation -> "ports " + allocation.ports().values() + " kept")
                .orElse("");
    }

    /**
     * Finds out what an allocation whose answer was lost has reserved, by asking the same again. If that fails too,
     * the reservation ends with its lease.
     */
    private Optional<PortAllocation> reservedUnknown(Attempt attempt, Deadline deadline) {
        try {
            return Optional.of(allocator.allocate(request(attempt), deadline.orAfter(ASK_AGAIN_LIMIT)));
        } catch (PortException e) {
            log.debug("nothing of module {} to release: {}", attempt.module(), e.getMessage());
            return Optional.empty();
        }
    }
}
