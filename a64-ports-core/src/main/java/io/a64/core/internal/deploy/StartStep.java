package io.a64.core.internal.deploy;

import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.event.DeploymentStep;

/** Step 6: starts the process; undone together with the container. */
record StartStep(ContainerRuntime runtime) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.START;
    }

    @Override
    public String run(Attempt attempt) {
        attempt.bindsPorts();
        runtime.start(attempt.requiredContainer(), attempt.deadline());
        return "started";
    }
}
