package io.a64.container;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container runtime could not do what was asked. */
public final class ContainerException extends A64Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong, told apart as far as runtimes tell. */
    public enum Problem {
        /** The runtime cannot be reached. */
        UNAVAILABLE(FailureKind.UNAVAILABLE),
        /** The runtime may not be used by this process. */
        PERMISSION_DENIED(FailureKind.UNAVAILABLE),
        /** There is no such image and none can be fetched. */
        IMAGE_NOT_FOUND(FailureKind.MODULE_FAILED),
        /** A container that is not ours has the name. */
        NAME_CONFLICT(FailureKind.CONFLICT),
        /** Something else is bound to an external port. */
        PORT_CONFLICT(FailureKind.CONFLICT),
        /** The network does not exist. */
        NETWORK_NOT_FOUND(FailureKind.UNAVAILABLE),
        /** The runtime refuses the specification. */
        INVALID_SPEC(FailureKind.INVALID_INPUT),
        /** There is no such container. */
        NOT_FOUND(FailureKind.NOT_FOUND),
        /** The process could not be started, or ended at once. */
        START_FAILED(FailureKind.MODULE_FAILED),
        /** The deadline passed; whether the runtime did it is not known. */
        OUTCOME_UNKNOWN(FailureKind.DEADLINE_EXCEEDED),
        /** Anything else the runtime says. */
        OTHER(FailureKind.INTERNAL);

        private final FailureKind kind;

        Problem(FailureKind kind) {
            this.kind = kind;
        }
    }

    private final Problem problem;

    public ContainerException(Problem problem, String message, List<String> evidence, @Nullable Throwable cause) {
        super(problem.kind, message, evidence, cause);
        this.problem = problem;
    }

    /** Returns what went wrong. */
    public Problem problem() {
        return problem;
    }
}
