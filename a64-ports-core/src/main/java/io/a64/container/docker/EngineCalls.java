package io.a64.container.docker;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that end by their deadline, whatever the engine does. The work runs on a worker; when the deadline passes or
 * the caller is interrupted, the worker is interrupted, which breaks its connection.
 */
final class EngineCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineCalls.class);

    private final EngineConnection connection;
    private final Failures failures;
    private final Workers workers = new Workers();
    private final AtomicBoolean closed = new AtomicBoolean();

    EngineCalls(EngineConnection connection, Failures failures) {
        this.connection = connection;
        this.failures = failures;
    }

    /** What to do with the engine. May be done twice, so it has to find out what was done already. */
    @FunctionalInterface
    interface Work<T> {
        T on(Engine engine) throws InterruptedException;
    }

    /** @throws ContainerException for whatever goes wrong */
    <T> T call(Operation operation, String subject, Deadline deadline, Work<T> work) {
        if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
            throw failures.notBegun(operation, subject);
        }
        Future<T> answer = submit(work);
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failures.outcomeUnknown(operation, subject, "the deadline passed", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failures.outcomeUnknown(operation, subject, "the thread was interrupted", e);
        } catch (ExecutionException | CancellationException e) {
            throw closed.get() ? failures.closed() : asked(operation, subject, e);
        }
    }

    /** Runs something in the background that makes calls of its own; quiet after {@link #close()}. */
    void later(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing is cleaned up after closing");
        }
    }

    private <T> Future<T> submit(Work<T> work) {
        try {
            return workers.submit(() -> attempt(work));
        } catch (RejectedExecutionException e) {
            throw failures.closed();
        }
    }

    private <T> T attempt(Work<T> work) throws InterruptedException {
        try {
            return work.on(connection.engine());
        } catch (ContainerException e) {
            if (Failures.isVersionRefusal(e)) {
                connection.forget();
            } else if (!Failures.isStaleConnection(e)) {
                throw e;
            }
            return work.on(connection.engine());
        }
    }

    private ContainerException asked(Operation operation, String subject, Exception wrapped) {
        Throwable cause = wrapped.getCause() == null ? wrapped : wrapped.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof A64Exception ours) {
            throw ours;
        }
        return failures.translate(operation, subject, cause);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            workers.close();
            connection.close();
        }
    }
}
