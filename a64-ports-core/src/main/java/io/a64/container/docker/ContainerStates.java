package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Docker's seven states as our four. */
final class ContainerStates {

    private ContainerStates() {}

    /** A paused or restarting container counts as running: its process has not ended for good, and its name is taken. */
    static ContainerState of(@Nullable String dockerState) {
        return switch (Objects.requireNonNullElse(dockerState, "")) {
            case "created", "configured", "initialized" -> ContainerState.CREATED;
            case "running", "paused", "restarting", "stopping" -> ContainerState.RUNNING;
            default -> ContainerState.EXITED;
        };
    }

    static ContainerState of(InspectContainerResponse seen) {
        return of(seen.getState() == null ? null : seen.getState().getStatus());
    }

    static ContainerStatus status(InspectContainerResponse seen) {
        ContainerState state = of(seen);
        Integer restarts = seen.getRestartCount();
        return new ContainerStatus(
                state,
                state == ContainerState.EXITED ? exitCode(seen) : OptionalInt.empty(),
                restarts == null ? 0 : restarts);
    }

    private static OptionalInt exitCode(InspectContainerResponse seen) {
        Long code = seen.getState() == null ? null : seen.getState().getExitCodeLong();
        return code == null ? OptionalInt.empty() : OptionalInt.of(code.intValue());
    }
}
