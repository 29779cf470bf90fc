package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleFailedException;
import io.a64.deploy.event.DeploymentStep;
import io.a64.module.Readiness;
import io.a64.probe.HttpProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Step 7: waits until the module answers on its first port. Asks every few milliseconds, because the module's start
 * is the one thing a caller waits for; looks at the container less often, because that costs the runtime more.
 */
record ReadyStep(ContainerRuntime runtime, RouteMaker maker) implements Step {

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PER_TRY = Duration.ofSeconds(5);
    private static final Duration STATUS_INTERVAL = Duration.ofMillis(200);
    private static final int EVIDENCE_LINES = 50;

    @Override
    public DeploymentStep id() {
        return DeploymentStep.READY;
    }

    @Override
    public String run(Attempt attempt) throws InterruptedException {
        Readiness readiness = attempt.spec().readiness();
        URI question = question(attempt, readiness);
        Deadline patience = attempt.deadline().orAfter(readiness.timeout());
        Deadline nextLook = Deadline.after(STATUS_INTERVAL);
        String last;
        do {
            last = ask(question, readiness, patience);
            if (last.isEmpty()) {
                requireRunning(attempt);
                return "ready at " + question;
            }
            attempt.requirePorts();
            if (nextLook.hasPassed()) {
                requireRunning(attempt);
                nextLook = Deadline.after(STATUS_INTERVAL);
            }
        } while (patience.pause(POLL));
        requireRunning(attempt);
        throw tooLate(attempt, question, last);
    }

    private URI question(Attempt attempt, Readiness readiness) {
        return URI.create("http://" + maker.upstream(attempt).hostPort()
                + readiness.path().orElse("/"));
    }

    /** Returns what was wrong with the answer, or nothing if the module is ready. */
    private static String ask(URI question, Readiness readiness, Deadline patience) {
        try {
            HttpProbe.Answer answer = HttpProbe.get(question, patience, PER_TRY);
            boolean ready = readiness.path().isEmpty() || answer.isSuccess();
            return ready ? "" : "HTTP " + answer.status() + " " + answer.body().strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void requireRunning(Attempt attempt) {
        ContainerStatus status = runtime.status(attempt.requiredContainer(), attempt.deadline());
        if (status.state() != ContainerState.RUNNING || status.restarts() > 0) {
            String exit = status.exitCode().isPresent()
                    ? " with exit code " + status.exitCode().getAsInt()
                    : "";
            throw new ModuleFailedException(
                    "the container of module " + attempt.module() + " ended" + exit + " before it was ready",
                    logTail(attempt));
        }
    }

    private RuntimeException tooLate(Attempt attempt, URI question, String last) {
        if (attempt.deadline().hasPassed()) {
            return DeploymentException.beforeSteps(
                    FailureKind.DEADLINE_EXCEEDED,
                    attempt.module(),
                    "the deployment's own time limit of " + attempt.timeout() + " passed; last answer: " + last);
        }
        List<String> evidence = new ArrayList<>(List.of("last answer of " + question + ": " + last));
        evidence.addAll(logTail(attempt));
        return new ModuleFailedException(
                "module " + attempt.module() + " was not ready within "
                        + attempt.spec().readiness().timeout().toSeconds() + " s; last answer: " + last,
                evidence);
    }

    private List<String> logTail(Attempt attempt) {
        return runtime.logTail(attempt.requiredContainer(), EVIDENCE_LINES, Deadline.after(Duration.ofSeconds(5)));
    }
}
