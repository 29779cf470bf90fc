package io.a64.examples.benchmarks.routes.front;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many threads at once. */
public final class Crowd {

    private static final long SMALL_STACK = 256 << 10;

    private Crowd() {}

    /**
     * Runs all tasks and returns when the last one has ended.
     *
     * @throws ExecutionException if one has failed
     */
    public static void run(int threads, List<Callable<Void>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService crowd =
                Executors.newFixedThreadPool(threads, task -> new Thread(null, task, "one-of-" + threads, SMALL_STACK));
        try {
            for (Future<Void> each : crowd.invokeAll(tasks)) {
                each.get();
            }
        } finally {
            crowd.shutdown();
        }
    }
}
