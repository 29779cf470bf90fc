package io.a64.core.internal.deploy;

import io.a64.container.spi.ContainerRuntime;
import java.time.Duration;
import java.util.Map;

/** Looks for what is bound to the ports of a deployment before its own container is. */
final class ForeignPorts {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private ForeignPorts() {}

    /** Returns those of the deployment's ports that are taken, as far as the runtime can see, and by what. */
    static Map<Integer, String> seen(ContainerRuntime runtime, Attempt attempt) {
        return runtime.occupied(
                attempt.requiredAllocation().ports().values(),
                attempt.deadline().orAfter(LIMIT));
    }
}
