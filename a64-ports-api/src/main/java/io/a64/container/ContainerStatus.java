package io.a64.container;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a container is at one moment.
 *
 * @param state where it is in its life
 * @param exitCode the exit code of its process if it has ended
 * @param restarts how often the runtime has restarted it
 */
public record ContainerStatus(ContainerState state, OptionalInt exitCode, int restarts) {

    public ContainerStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(exitCode, "exitCode");
    }
}
