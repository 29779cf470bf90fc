package io.a64.core.internal.deploy;

import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.event.DeploymentStep;
import java.util.Collection;
import java.util.Map;

/**
 * Step 6: starts the process; undone together with the container. Here the runtime has the last word on the ports: what
 * it finds taken goes into quarantine.
 */
record StartStep(ContainerRuntime runtime, UpstreamKind upstreams) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.START;
    }

    @Override
    public String run(Attempt attempt) {
        attempt.bindsPorts();
        try {
            runtime.start(attempt.requiredContainer(), attempt.deadline());
        } catch (ContainerException e) {
            if (e.problem() == Problem.PORT_CONFLICT) {
                attempt.foundForeign(foreign(attempt, e));
            }
            throw e;
        }
        if (upstreams == UpstreamKind.CONTAINER) {
            attempt.hasAddress(runtime.address(attempt.requiredContainer(), attempt.network(), attempt.deadline())
                    .orElseThrow(() -> UpstreamKind.noAddress(runtime.name())));
        }
        return "started";
    }

    /** Where the runtime does not say which port is taken, a look may tell; otherwise they all merely cool down. */
    private Map<Integer, String> foreign(Attempt attempt, ContainerException conflict) {
        Collection<Integer> ports = attempt.requiredAllocation().ports().values();
        if (conflict.port().isPresent()) {
            return Map.of(conflict.port().getAsInt(), String.valueOf(conflict.getMessage()));
        }
        return ports.size() == 1
                ? Map.of(ports.iterator().next(), String.valueOf(conflict.getMessage()))
                : ForeignPorts.seen(runtime, attempt);
    }
}
