package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.container.ContainerSpec;
import io.a64.container.ModuleContainer;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.event.DeploymentStep;
import io.a64.module.ModuleSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Step 5: creates the container; undone by removing every container of this deployment. */
record CreateStep(ContainerRuntime runtime) implements Step {

    /** How long a process may take to end by itself when its container is removed. */
    static final Duration STOP_GRACE = Duration.ofSeconds(10);

    @Override
    public DeploymentStep id() {
        return DeploymentStep.CREATE;
    }

    @Override
    public String run(Attempt attempt) {
        ModuleSpec spec = attempt.spec();
        attempt.created(runtime.create(
                new ContainerSpec(
                        spec.name(),
                        attempt.generation(),
                        attempt.owner(),
                        spec.image(),
                        attempt.requiredAllocation().ports(),
                        environment(spec),
                        spec.resources(),
                        attempt.network()),
                attempt.deadline()));
        return "container " + shortened(attempt.requiredContainer());
    }

    private static Map<String, String> environment(ModuleSpec spec) {
        Map<String, String> variables = new HashMap<>(spec.environment());
        variables.putIfAbsent("PORT", Integer.toString(spec.routedPort()));
        return variables;
    }

    /** Asks the runtime instead of trusting memory: a create whose answer was lost may have happened. */
    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        List<String> ours = runtime.list(deadline).stream()
                .filter(container -> container.owner().equals(attempt.owner()))
                .map(ModuleContainer::id)
                .toList();
        ours.forEach(id -> runtime.remove(id, STOP_GRACE, deadline));
        return ours.isEmpty() ? "" : "container removed";
    }

    private static String shortened(String id) {
        return id.length() > 12 ? id.substring(0, 12) : id;
    }
}
