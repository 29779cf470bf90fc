package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.nginx.internal.NginxFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The changes that nobody has committed yet, and whose turn it is to do so. Everybody else waits until his change is
 * done, until it is his turn, or until his deadline; who gives up takes his change with him.
 */
final class WaitingChanges {

    /** Where there is a crowd, one that arrives is likely to be followed by others, for so long. */
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(40);
    /** So long a crowd waits for more at most. */
    private static final long LONGEST_GATHERING = TimeUnit.MILLISECONDS.toNanos(300);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition arrivals = lock.newCondition();
    private final Deque<Change> waiting = new ArrayDeque<>();
    private boolean taken;
    private boolean crowd;
    private long arrived;

    /**
     * Waits with a change and returns whether it is the caller's turn to commit; otherwise the change is done.
     *
     * @throws NginxFailure if the caller's deadline has passed or he was interrupted, and the change was withdrawn
     */
    boolean isMyTurn(Change change) throws NginxFailure {
        lock.lock();
        try {
            waiting.add(change);
            arrived = System.nanoTime();
            arrivals.signal();
            while (taken && !change.isDone()) {
                if (waiting.contains(change)) {
                    news.awaitNanos(timeLeft(change));
                } else {
                    // Somebody is at it: its outcome is needed, because what goes live now would belong to nobody.
                    news.awaitUninterruptibly();
                }
            }
            if (change.isDone()) {
                return false;
            }
            taken = true;
            return true;
        } catch (InterruptedException e) {
            waiting.remove(change);
            throw NginxFailure.interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private long timeLeft(Change change) throws NginxFailure {
        if (change.deadline().hasPassed() && waiting.remove(change)) {
            throw NginxFailure.deadline("other changes took too long, or NGINX may not be reloaded so often");
        }
        return change.deadline().remaining().toNanos();
    }

    void endTurn() {
        lock.lock();
        try {
            taken = false;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns all that wait. A lone change waits for nobody; a crowd waits for those that are about to join it. */
    List<Change> take() {
        lock.lock();
        try {
            if (crowd || waiting.size() > 1) {
                gather();
            }
            List<Change> all = new ArrayList<>(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void gather() {
        long begin = System.nanoTime();
        long left = QUIET - (begin - arrived);
        try {
            while (left > 0) {
                arrivals.awaitNanos(left);
                long now = System.nanoTime();
                left = Math.min(QUIET - (now - arrived), LONGEST_GATHERING - (now - begin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Puts changes back that came too early and waits for more. Those that wait may withdraw meanwhile, and so may the
     * caller.
     *
     * @throws NginxFailure if the caller's deadline has passed or he was interrupted, and his change was withdrawn
     */
    void putBack(List<Change> early, Change own, Duration pause) throws NginxFailure {
        lock.lock();
        try {
            List<Change> open =
                    early.stream().filter(change -> !change.isDone()).toList();
            for (int i = open.size() - 1; i >= 0; i--) {
                waiting.addFirst(open.get(i));
            }
            news.signalAll();
            long end = System.nanoTime() + pause.toNanos();
            while (end - System.nanoTime() > 0 && !own.isDone()) {
                news.awaitNanos(Math.min(end - System.nanoTime(), timeLeft(own)));
            }
        } catch (InterruptedException e) {
            waiting.remove(own);
            throw NginxFailure.interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    void succeed(List<Change> changes) {
        lock.lock();
        try {
            changes.stream().filter(change -> !change.isDone()).forEach(Change::succeed);
            tell(changes);
        } finally {
            lock.unlock();
        }
    }

    void fail(List<Change> changes, NginxFailure why) {
        lock.lock();
        try {
            changes.stream().filter(change -> !change.isDone()).forEach(change -> change.fail(why.of(change.module())));
            tell(changes);
        } finally {
            lock.unlock();
        }
    }

    private void tell(List<Change> changes) {
        crowd = changes.size() > 1;
        arrived = System.nanoTime(); // who was served may want something again at once
        news.signalAll();
    }
}
