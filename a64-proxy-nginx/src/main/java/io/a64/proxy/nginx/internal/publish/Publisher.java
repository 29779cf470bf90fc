package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lets waiting changes share one generation and one reload. There is no thread of its own: the caller whose turn it is
 * commits all that wait, so a lone change waits for nobody.
 */
public final class Publisher {

    private final GenerationCommit commit;
    private final WaitingChanges waiting = new WaitingChanges();

    public Publisher(GenerationCommit commit) {
        this.commit = commit;
    }

    /** Puts a route in place and returns when NGINX serves it. */
    public void publish(Route route, Deadline deadline) {
        submit(new Change(route.module(), Optional.of(route), deadline));
    }

    /** Takes a module's route out, returns when NGINX does not serve it any more, and says whether there was one. */
    public boolean remove(String module, Deadline deadline) {
        Change change = new Change(module, Optional.empty(), deadline);
        submit(change);
        return change.existed();
    }

    private void submit(Change change) {
        try {
            if (waiting.isMyTurn(change)) {
                lead(change);
            }
        } catch (NginxFailure e) {
            throw e.of(change.module());
        }
        change.throwFailure();
    }

    /** Commits all that wait until one's own change is among them. */
    private void lead(Change own) throws NginxFailure {
        try {
            while (!own.isDone()) {
                List<Change> batch = waiting.take();
                Optional<Duration> early = commitUninterrupted(batch, own);
                if (early.isPresent()) {
                    waiting.putBack(batch, own, early.get());
                }
            }
        } finally {
            waiting.endTurn();
        }
    }

    /** An interrupt of the one who commits must not hit those who share the commit with him. */
    private Optional<Duration> commitUninterrupted(List<Change> batch, Change own) {
        boolean interrupted = Thread.interrupted();
        try {
            return commitAll(batch, own);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Some fail alone: whose time is up, or whose thread was interrupted. The others go on without them. */
    private Optional<Duration> commitAll(List<Change> batch, Change own) {
        List<Change> open = batch;
        boolean interrupted = false;
        try {
            while (!open.isEmpty()) {
                try {
                    Optional<Duration> early = commit.run(open, earliest(open));
                    if (early.isEmpty()) {
                        waiting.succeed(open);
                    }
                    return early;
                } catch (NginxFailure together) {
                    interrupted |= Thread.interrupted();
                    waiting.fail(whose(together, open, own), together);
                    open = open.stream().filter(change -> !change.isDone()).toList();
                }
            }
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            waiting.fail(open, NginxFailure.unavailable("the routes could not be written: " + e, List.of()));
            return Optional.empty();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<Change> whose(NginxFailure failure, List<Change> open, Change own) {
        List<Change> alone = open.stream()
                .filter(change -> failure.kind() == FailureKind.INTERRUPTED
                        ? change == own
                        : failure.kind() == FailureKind.DEADLINE_EXCEEDED
                                && change.deadline().hasPassed())
                .toList();
        return alone.isEmpty() && failure.kind() != FailureKind.INTERRUPTED ? open : alone;
    }

    /** A change keeps to its own deadline also when it shares the way with patient ones. */
    private static Deadline earliest(List<Change> changes) {
        return changes.stream()
                .map(Change::deadline)
                .min(Comparator.comparing(Deadline::remaining))
                .orElseThrow();
    }
}
