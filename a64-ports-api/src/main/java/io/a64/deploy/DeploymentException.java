package io.a64.deploy;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deployment or undeployment failed. After a failed deployment everything is as it was before; what could not be
 * undone is attached as suppressed exceptions. A failed undeployment may be repeated.
 */
public final class DeploymentException extends A64Exception {

    private static final long serialVersionUID = 1L;

    private final String module;
    private final @Nullable DeploymentStep step;

    private DeploymentException(
            FailureKind kind,
            String message,
            List<String> evidence,
            @Nullable Throwable cause,
            String module,
            @Nullable DeploymentStep step) {
        super(kind, message, evidence, cause);
        this.module = module;
        this.step = step;
    }

    /** Returns the failure of a step; kind and evidence are those of the cause. */
    public static DeploymentException atStep(String action, String module, DeploymentStep step, Throwable cause) {
        boolean ours = cause instanceof A64Exception;
        return new DeploymentException(
                ours ? ((A64Exception) cause).kind() : FailureKind.INTERNAL,
                action + " of module " + module + " failed at step " + step.label() + ": "
                        + (ours ? cause.getMessage() : cause.toString()),
                ours ? ((A64Exception) cause).evidence() : List.of(),
                cause,
                module,
                step);
    }

    /** Returns a failure before the first step. */
    public static DeploymentException beforeSteps(FailureKind kind, String module, String message) {
        return new DeploymentException(kind, message, List.of(), null, module, null);
    }

    /** Returns the module. */
    public String module() {
        return module;
    }

    /** Returns the step that failed, empty if none had begun. */
    public Optional<DeploymentStep> step() {
        return Optional.ofNullable(step);
    }
}
