package io.a64.core.internal.deploy;

import io.a64.container.ContainerNetwork;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.event.DeploymentStep;

/** Step 4: finds the network that modules share. A network that had to be made stays: the next module needs it. */
record NetworkStep(ContainerRuntime runtime) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.NETWORK;
    }

    @Override
    public String run(Attempt attempt) {
        attempt.joins(runtime.network(attempt.deadline()));
        return "network " + attempt.network().map(ContainerNetwork::name).orElse("none");
    }
}
