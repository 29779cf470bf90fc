package io.a64.container.memory;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What tests have planned to go wrong. Each plan comes true once, in the order of planning. */
final class PlannedFaults {

    private static final Duration LOOK = Duration.ofMillis(20);

    /** A problem to fail with; empty means to hang until the deadline. */
    private final Map<RuntimeOperation, Queue<Optional<Problem>>> plans = new ConcurrentHashMap<>();

    void plan(RuntimeOperation operation, Optional<Problem> problem) {
        plans.computeIfAbsent(operation, key -> new ConcurrentLinkedQueue<>()).add(problem);
    }

    /** @throws ContainerException if it is planned that this operation fails now, or there is no time for it */
    void come(RuntimeOperation operation, String subject, Deadline deadline) {
        if (Thread.currentThread().isInterrupted() || deadline.hasPassed()) {
            throw unknown(operation, subject);
        }
        Queue<Optional<Problem>> planned = plans.get(operation);
        Optional<Problem> next = planned == null ? null : planned.poll();
        if (next == null) {
            return;
        }
        if (next.isEmpty()) {
            hang(operation, subject, deadline);
        }
        throw new ContainerException(
                next.get(), "cannot " + operation.on(subject) + ": planned by a test", List.of(), null);
    }

    private static void hang(RuntimeOperation operation, String subject, Deadline deadline) {
        try {
            boolean timeLeft = true;
            while (timeLeft) {
                timeLeft = deadline.pause(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw unknown(operation, subject);
    }

    static ContainerException unknown(RuntimeOperation operation, String subject) {
        String reason =
                Thread.currentThread().isInterrupted() ? "the thread is interrupted" : "the deadline has passed";
        return new ContainerException(
                Problem.OUTCOME_UNKNOWN, "cannot " + operation.on(subject) + ": " + reason, List.of(), null);
    }
}
