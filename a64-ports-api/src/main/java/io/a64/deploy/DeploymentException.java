package io.a64.deploy;

import io.a64.A64Exception;
import io.a64.FailureKind;
import io.a64.deploy.event.DeploymentStep;
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

    /**
     * Returns the failure of a step; kind and evidence are those of the cause.
     *
     * @param action {@code deployment} or {@code undeployment}
     */
    public static DeploymentException atStep(String action, String module, DeploymentStep step, Throwable cause) {
        String where = action + " of module " + module + " failed at step " + step.label() + ": ";
        if (cause instanceof A64Exception known) {
            return new DeploymentException(
                    known.kind(), where + known.getMessage(), known.evidence(), cause, module, step);
        }
        if (cause instanceof InterruptedException) {
            return new DeploymentException(
                    FailureKind.INTERRUPTED, where + "the thread was interrupted", List.of(), cause, module, step);
        }
        return new DeploymentException(FailureKind.INTERNAL, where + cause, List.of(), cause, module, step);
    }

    /** Returns a failure before the first step. */
    public static DeploymentException beforeSteps(FailureKind kind, String module, String message) {
        return new DeploymentException(kind, message, List.of(), null, module, null);
    }

    /** Returns a failure before the first step; kind and evidence are those of the cause. */
    public static DeploymentException beforeSteps(String module, A64Exception cause) {
        return new DeploymentException(
                cause.kind(),
                "module " + module + " cannot be worked on: " + cause.getMessage(),
                cause.evidence(),
                cause,
                module,
                null);
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
