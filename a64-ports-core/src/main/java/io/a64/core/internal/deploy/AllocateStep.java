package io.a64.core.internal.deploy;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.event.DeploymentStep;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 2: reserves external ports that nothing is bound to, as far as the runtime can see; undone by giving them back.
 * What something else is bound to goes into quarantine, and other ports take its place.
 */
record AllocateStep(PortAllocator allocator, ContainerRuntime runtime, LeaseKeeper keeper) implements Step {

    private static final Logger log = LoggerFactory.getLogger(AllocateStep.class);
    private static final Duration ASK_AGAIN_LIMIT = Duration.ofSeconds(2);

    @Override
    public DeploymentStep id() {
        return DeploymentStep.ALLOCATE;
    }

    @Override
    public String run(Attempt attempt) {
        allocate(attempt);
        Map<Integer, String> taken = ForeignPorts.seen(runtime, attempt);
        while (!taken.isEmpty()) {
            replace(attempt, taken);
            taken = ForeignPorts.seen(runtime, attempt);
        }
        return "ports " + attempt.requiredAllocation().ports();
    }

    private void allocate(Attempt attempt) {
        attempt.allocated(allocator.allocate(request(attempt), attempt.deadline()), keeper);
    }

    private void replace(Attempt attempt, Map<Integer, String> taken) {
        allocator.quarantine(attempt.requiredAllocation(), taken, attempt.deadline());
        allocate(attempt);
        Map<Integer, String> again = new TreeMap<>(taken);
        again.keySet().retainAll(attempt.requiredAllocation().ports().values());
        if (!again.isEmpty()) {
            throw new PortException(
                    FailureKind.CONFLICT,
                    "ports of module " + attempt.module() + " are in use: " + again
                            + "; end what is bound to them, or remove the record of the port",
                    null);
        }
    }

    private static PortRequest request(Attempt attempt) {
        return new PortRequest(
                attempt.module(),
                attempt.generation(),
                attempt.owner(),
                attempt.spec().internalPorts(),
                attempt.spec().portSource());
    }

    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        attempt.stopKeepingPorts();
        return attempt.allocation()
                .or(() -> reservedUnknown(attempt, deadline))
                .filter(allocation -> giveBack(attempt, allocation, deadline))
                .map(allocation -> "ports " + allocation.ports().values() + " released")
                .orElse("");
    }

    private boolean giveBack(Attempt attempt, PortAllocation allocation, Deadline deadline) {
        PortUse use = attempt.portsWereBound() ? PortUse.WAS_BOUND : PortUse.NEVER_BOUND;
        boolean quarantined =
                !attempt.foreignPorts().isEmpty() && allocator.quarantine(allocation, attempt.foreignPorts(), deadline);
        boolean released = allocator.release(allocation, use, deadline);
        return released || quarantined;
    }

    /** What may still be bound to these ports must not lose them to the end of their lease. */
    @Override
    public String keep(Attempt attempt, Deadline deadline) {
        attempt.stopKeepingPorts();
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
        } catch (A64Exception e) {
            log.debug("nothing of module {} to release: {}", attempt.module(), e.getMessage());
            return Optional.empty();
        }
    }
}
