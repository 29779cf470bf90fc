package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.DeployerConfig;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.event.DeploymentEvent.StepDone;
import io.a64.deploy.event.DeploymentEvent.StepFailed;
import io.a64.deploy.event.DeploymentEvent.StepStarted;
import io.a64.deploy.event.DeploymentEvent.StepUndone;
import io.a64.deploy.event.DeploymentEvent.UndoFailed;
import java.util.List;
import java.util.ListIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ten steps in order. The first that fails ends the deployment, and everything so far is undone backwards. */
final class Pipeline {

    private static final Logger log = LoggerFactory.getLogger(Pipeline.class);

    private final List<Step> steps;
    private final Events events;

    Pipeline(DeployerConfig config, Parts parts, LeaseKeeper keeper, Events events) {
        RouteMaker maker = new RouteMaker(parts.runtime());
        this.events = events;
        this.steps = List.of(
                new AdmitStep(config.policies()),
                new AllocateStep(parts.allocator(), parts.runtime(), keeper),
                new RecordStep(parts.store(), config.clock()),
                new NetworkStep(parts.runtime()),
                new CreateStep(parts.runtime()),
                new StartStep(parts.runtime(), parts.upstreams()),
                new ReadyStep(parts.runtime(), maker),
                new PublishStep(parts.routes(), maker),
                new ProveStep(parts.routes(), maker),
                new ActivateStep(parts.allocator(), parts.store()));
    }

    /**
     * Runs the steps.
     *
     * @throws DeploymentException naming the step that failed; what could not be undone is suppressed in it
     */
    void run(Attempt attempt) {
        ListIterator<Step> position = steps.listIterator();
        while (position.hasNext()) {
            Step step = position.next();
            events.emit(new StepStarted(attempt.module(), attempt.generation(), step.id(), ""));
            try {
                attempt.requirePorts();
                String detail = step.run(attempt);
                events.emit(new StepDone(attempt.module(), attempt.generation(), step.id(), detail));
            } catch (InterruptedException | RuntimeException | Error e) {
                throw undone(attempt, position, failure(attempt, step, e));
            }
        }
    }

    private DeploymentException failure(Attempt attempt, Step step, Throwable cause) {
        DeploymentException failure = DeploymentException.atStep("deployment", attempt.module(), step.id(), cause);
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        log.info("{}; undoing", failure.getMessage());
        events.emit(
                new StepFailed(attempt.module(), attempt.generation(), step.id(), String.valueOf(cause.getMessage())));
        return failure;
    }

    /** Undoes backwards from the failed step, which may have been half done; an interrupt waits until that is over. */
    private DeploymentException undone(Attempt attempt, ListIterator<Step> position, DeploymentException failure) {
        boolean interrupted = false;
        boolean clean = true;
        while (position.hasPrevious()) {
            interrupted |= Thread.interrupted();
            clean &= undo(attempt, position.previous(), clean, failure);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }

    /** Returns whether nothing of the step is left. */
    private boolean undo(Attempt attempt, Step step, boolean clean, DeploymentException failure) {
        Deadline deadline = Deadline.after(Leases.UNDO_STEP_LIMIT);
        try {
            String detail = clean ? step.undo(attempt, deadline) : step.keep(attempt, deadline);
            if (!detail.isEmpty()) {
                events.emit(new StepUndone(attempt.module(), attempt.generation(), step.id(), detail));
            }
            return true;
        } catch (RuntimeException e) {
            log.warn("step {} of module {} could not be undone", step.id().label(), attempt.module(), e);
            failure.addSuppressed(e);
            events.emit(
                    new UndoFailed(attempt.module(), attempt.generation(), step.id(), String.valueOf(e.getMessage())));
            return false;
        }
    }
}
