package io.a64.container.docker;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The one place where what docker-java throws becomes a {@link ContainerException}. */
final class Failures {

    private final String host;

    Failures(String host) {
        this.host = host;
    }

    /** Translates; one of ours is returned as it is. */
    ContainerException translate(Operation operation, String subject, Throwable thrown) {
        if (thrown instanceof ContainerException ours) {
            return ours;
        }
        if (thrown instanceof DockerException refusal) {
            return refused(operation, subject, EngineAnswer.of(refusal), refusal);
        }
        if (operation == Operation.PULL && thrown instanceof DockerClientException failedPull) {
            return refused(operation, subject, new EngineAnswer(0, words(failedPull)), failedPull);
        }
        return broken(operation, subject, thrown);
    }

    private ContainerException refused(
            Operation operation, String subject, EngineAnswer answer, RuntimeException cause) {
        Verdict verdict = EngineVerdicts.of(operation, answer);
        String message = cannot(operation, subject) + ": " + answer.text() + verdict.hint();
        List<String> evidence = List.of(answer.text());
        OptionalInt port = verdict.problem() == Problem.PORT_CONFLICT ? answer.takenPort() : OptionalInt.empty();
        return port.isPresent()
                ? ContainerException.portConflict(port.getAsInt(), message, evidence, cause)
                : new ContainerException(verdict.problem(), message, evidence, cause);
    }

    private ContainerException broken(Operation operation, String subject, Throwable thrown) {
        Verdict verdict = ConnectionVerdicts.of(thrown);
        String message = cannot(operation, subject) + ": " + words(ConnectionVerdicts.root(thrown)) + verdict.hint();
        return new ContainerException(verdict.problem(), message, List.of(), thrown);
    }

    ContainerException notBegun(Operation operation, String subject) {
        String reason =
                Thread.currentThread().isInterrupted() ? "the thread is interrupted" : "the deadline has passed";
        String message = cannot(operation, subject) + ": " + reason + ", so it was not tried";
        return new ContainerException(Problem.OUTCOME_UNKNOWN, message, List.of(), null);
    }

    ContainerException outcomeUnknown(Operation operation, String subject, String reason, Exception cause) {
        String message = cannot(operation, subject) + ": " + reason + "; whether Docker did it is not known";
        return new ContainerException(Problem.OUTCOME_UNKNOWN, message, List.of(), cause);
    }

    ContainerException closed() {
        return new ContainerException(
                Problem.UNAVAILABLE, "this Docker runtime (" + host + ") is closed", List.of(), null);
    }

    private String cannot(Operation operation, String subject) {
        String object = subject.isEmpty() ? "" : " " + LogText.line(subject);
        return "cannot " + operation.phrase() + object + " (Docker at " + host + ")";
    }

    private static String words(Throwable thrown) {
        String message = Objects.requireNonNullElse(thrown.getMessage(), "");
        return message.isBlank() ? thrown.getClass().getSimpleName() : LogText.line(message);
    }

    /** Whether the engine refused our API version, so it is not the engine that we agreed with. */
    static boolean isVersionRefusal(ContainerException failure) {
        return failure.getCause() instanceof DockerException refusal
                && EngineVerdicts.isVersionRefusal(EngineAnswer.of(refusal));
    }

    /** Whether a pooled connection had died, as after a restart of the engine: the request was never read. */
    static boolean isStaleConnection(ContainerException failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause != null && ConnectionVerdicts.isStale(cause);
    }
}
