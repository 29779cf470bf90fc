package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets waiting changes share one generation and one reload. There is no thread of its own: whoever gets the lock
 * commits all that wait, so a lone change waits for nobody.
 */
public final class Publisher {

    private final GenerationCommit commit;
    private final ReentrantLock turn = new ReentrantLock();
    private final ReentrantLock waitingLock = new ReentrantLock();
    private final Queue<Change> waiting = new ArrayDeque<>();

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
        enqueue(change);
        NginxFailure gaveUp = null;
        try {
            if (!turn.tryLock(change.deadline().remainingMillis(), TimeUnit.MILLISECONDS)) {
                gaveUp = NginxFailure.deadline("other changes took too long");
            }
        } catch (InterruptedException e) {
            gaveUp = NginxFailure.interrupted(e);
        }
        if (gaveUp != null && withdraw(change)) {
            throw gaveUp.of(change.module());
        }
        if (gaveUp != null) {
            // Somebody is at it: its outcome is needed, because what goes live now would belong to nobody.
            turn.lock();
        }
        try {
            if (!change.isDone()) {
                commitUninterrupted();
            }
        } finally {
            turn.unlock();
        }
        change.throwFailure();
    }

    /** An interrupt of the one who commits must not hit those who share the commit with him. */
    private void commitUninterrupted() {
        boolean interrupted = Thread.interrupted();
        try {
            commitAll(takeWaiting());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void commitAll(List<Change> changes) {
        try {
            List<Change> applied = commit.run(changes, earliest(changes));
            applied.forEach(Change::succeed);
        } catch (NginxFailure together) {
            boolean interrupted = Thread.interrupted();
            List<Change> open =
                    changes.stream().filter(change -> !change.isDone()).toList();
            failOrTryApart(open, together, interrupted);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } catch (RuntimeException | Error e) {
            changes.stream().filter(change -> !change.isDone()).forEach(change -> change.fail(unexpected(change, e)));
        }
    }

    /** If one of several may be to blame, halves get a try of their own, until the offender stands alone. */
    private void failOrTryApart(List<Change> open, NginxFailure together, boolean interrupted) {
        if (open.size() > 1 && (interrupted || together.mayBeOfOneChange())) {
            commitAll(open.subList(0, open.size() / 2));
            commitAll(open.subList(open.size() / 2, open.size()));
        } else {
            open.forEach(change -> change.fail(together.of(change.module())));
        }
    }

    private static RouteException unexpected(Change change, Throwable cause) {
        return NginxFailure.unavailable("the routes could not be written: " + cause, List.of())
                .of(change.module());
    }

    /** A change keeps to its own deadline also when it shares the way with patient ones. */
    private static Deadline earliest(List<Change> changes) {
        return changes.stream()
                .map(Change::deadline)
                .min(Comparator.comparing(Deadline::remaining))
                .orElseThrow();
    }

    private void enqueue(Change change) {
        waitingLock.lock();
        try {
            waiting.add(change);
        } finally {
            waitingLock.unlock();
        }
    }

    /** Returns false if somebody has taken the change already. */
    private boolean withdraw(Change change) {
        waitingLock.lock();
        try {
            return waiting.remove(change);
        } finally {
            waitingLock.unlock();
        }
    }

    private List<Change> takeWaiting() {
        waitingLock.lock();
        try {
            List<Change> taken = new ArrayList<>(waiting);
            waiting.clear();
            return taken;
        } finally {
            waitingLock.unlock();
        }
    }
}
