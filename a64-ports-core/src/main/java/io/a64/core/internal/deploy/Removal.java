package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.container.ModuleContainer;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.DeployerConfig;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.Undeployment;
import io.a64.deploy.event.DeploymentEvent.StepFailed;
import io.a64.deploy.event.DeploymentEvent.StepUndone;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.StoreException;
import io.a64.module.ModuleState;
import io.a64.ports.PortUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a module away: route and the requests on it first, so that none meets a stopping container; record last, so
 * that whatever cuts it off can be repeated.
 */
final class Removal {

    private static final Logger log = LoggerFactory.getLogger(Removal.class);
    private static final Duration GIVE_UP_LIMIT = Duration.ofSeconds(5);

    private final Parts parts;
    private final Events events;
    private final RouteRetirement retirement;

    Removal(DeployerConfig config, Parts parts, Events events) {
        this.parts = parts;
        this.events = events;
        this.retirement = new RouteRetirement(parts.routes(), config.drainTimeout());
    }

    Undeployment run(ModuleRecord found, Duration timeout, Deadline deadline) {
        ModuleStore store = parts.store();
        ModuleRecord record = claim(found, timeout, deadline);
        try {
            step(record, DeploymentStep.PUBLISH, () -> retirement.run(found, deadline));
            step(record, DeploymentStep.CREATE, () -> removeContainers(record, deadline));
            step(record, DeploymentStep.ALLOCATE, () -> releasePorts(record, deadline));
            step(
                    record,
                    DeploymentStep.RECORD,
                    () -> store.remove(record, deadline) ? "record removed" : "record gone");
        } catch (DeploymentException e) {
            letOthersTry(record, e);
            throw e;
        }
        return new Undeployment(
                record.module(), List.copyOf(record.allocation().ports().values()));
    }

    private ModuleRecord claim(ModuleRecord found, Duration timeout, Deadline deadline) {
        try {
            return claimed(found, timeout, deadline);
        } catch (StoreException e) {
            throw DeploymentException.beforeSteps(found.module(), e);
        }
    }

    private ModuleRecord claimed(ModuleRecord found, Duration timeout, Deadline deadline) {
        ModuleStore store = parts.store();
        if (Leases.isBusy(store, found, deadline)) {
            throw Conflicts.busy(found.module());
        }
        ModuleRecord claimed =
                found.next(ModuleState.UNINSTALLING, Optional.of(Leases.busyUntil(store, timeout, deadline)));
        if (!store.replace(found, claimed, deadline)) {
            throw Conflicts.busy(found.module());
        }
        return claimed;
    }

    private void step(ModuleRecord record, DeploymentStep step, Supplier<String> action) {
        int generation = record.allocation().generation();
        try {
            events.emit(new StepUndone(record.module(), generation, step, action.get()));
        } catch (RuntimeException e) {
            events.emit(new StepFailed(record.module(), generation, step, String.valueOf(e.getMessage())));
            throw DeploymentException.atStep("undeployment", record.module(), step, e);
        }
    }

    private String removeContainers(ModuleRecord record, Deadline deadline) {
        ContainerRuntime runtime = parts.runtime();
        List<ModuleContainer> ours = runtime.list(deadline).stream()
                .filter(container ->
                        container.owner().equals(record.allocation().owner()))
                .toList();
        ours.forEach(container -> runtime.remove(container.id(), CreateStep.STOP_GRACE, deadline));
        return ours.size() == 1 ? "container removed" : ours.size() + " containers removed";
    }

    private String releasePorts(ModuleRecord record, Deadline deadline) {
        boolean held = parts.allocator().release(record.allocation(), PortUse.WAS_BOUND, deadline);
        return "ports " + record.allocation().ports().values() + (held ? " released" : " were not held any more");
    }

    /** Ends the claim, so that the next try need not wait for its end; if that fails too, the next try waits. */
    private void letOthersTry(ModuleRecord record, DeploymentException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            ModuleRecord free = record.next(ModuleState.UNINSTALLING, Optional.empty());
            parts.store().replace(record, free, Deadline.after(GIVE_UP_LIMIT));
        } catch (RuntimeException e) {
            log.warn("the claim on module {} lasts until {}", record.module(), record.busyUntil(), e);
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
