package io.a64.container.docker;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that talk to the engine. They exist so that a call that hangs can be left and interrupted: none is
 * started before the first call, idle ones end, and all are daemons.
 */
final class Workers implements AutoCloseable {

    /** The engine starts containers one after the other; this is room for those that wait. */
    static final int MOST = 32;

    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    Workers() {
        pool = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads());
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws java.util.concurrent.RejectedExecutionException after {@link #close()} */
    <T> Future<T> submit(Callable<T> task) {
        return pool.submit(task);
    }

    /** @throws java.util.concurrent.RejectedExecutionException after {@link #close()} */
    void execute(Runnable task) {
        pool.execute(task);
    }

    /** Interrupts what runs, gives up what waits; waits for nothing. */
    @Override
    public void close() {
        for (Runnable waiting : pool.shutdownNow()) {
            if (waiting instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }

    private static final class NamedThreads implements ThreadFactory {

        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "a64-docker-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
