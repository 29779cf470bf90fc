package io.a64.container.memory;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The daemon threads {@code a64-memory-<module>-<n>} that serve a container's requests, started when needed. */
final class ContainerThreads implements ThreadFactory {

    /** As many requests are served at once; further ones are served by the server's own thread, one by one. */
    private static final int MOST = 64;

    private static final long IDLE_SECONDS = 10;

    private final String module;
    private final AtomicInteger count = new AtomicInteger();

    private ContainerThreads(String module) {
        this.module = module;
    }

    static ExecutorService of(String module) {
        return new ThreadPoolExecutor(
                0,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new ContainerThreads(module),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "a64-memory-" + module + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
