package io.a64.container;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import java.util.OptionalInt;
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

    private static final int NO_PORT = 0;

    private final Problem problem;
    private final int port;

    public ContainerException(Problem problem, String message, List<String> evidence, @Nullable Throwable cause) {
        this(problem, NO_PORT, message, evidence, cause);
    }

    private ContainerException(
            Problem problem, int port, String message, List<String> evidence, @Nullable Throwable cause) {
        super(problem.kind, message, evidence, cause);
        this.problem = problem;
        this.port = port;
    }

    /**
     * Returns a {@link Problem#PORT_CONFLICT} of which it is known which external port is taken.
     *
     * @param port 1 to 65535
     */
    public static ContainerException portConflict(
            int port, String message, List<String> evidence, @Nullable Throwable cause) {
        return new ContainerException(Problem.PORT_CONFLICT, port, message, evidence, cause);
    }

    /** Returns what went wrong. */
    public Problem problem() {
        return problem;
    }

    /**
     * Returns the external port that is taken, for a {@link Problem#PORT_CONFLICT} whose runtime tells; empty if it
     * does not, and for every other problem. Of several taken ports runtimes report the first that they tried.
     */
    public OptionalInt port() {
        return port == NO_PORT ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
