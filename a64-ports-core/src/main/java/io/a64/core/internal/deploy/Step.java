package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.event.DeploymentStep;

/** One step of a deployment. Has no state of its own. */
interface Step {

    /** Which step it is. */
    DeploymentStep id();

    /**
     * Does it.
     *
     * @return what came of it, in words for an operator
     */
    String run(Attempt attempt) throws InterruptedException;

    /**
     * Takes back whatever {@link #run} did or may have done, also if it failed half way; taking back nothing is quiet.
     *
     * @return what was taken back, in words for an operator; empty if there was nothing
     */
    default String undo(Attempt attempt, Deadline deadline) {
        return "";
    }

    /**
     * Takes the place of {@link #undo} when something of a later step could not be undone: what is left must keep its
     * owner, so that an undeployment finds it.
     *
     * @return what was done, in words for an operator; empty if nothing was
     */
    default String keep(Attempt attempt, Deadline deadline) {
        return undo(attempt, deadline);
    }
}
