package io.a64.ports.chaos;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The worker processes of a run. */
final class WorkerFleet implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(90);

    private final ChaosPlan plan;
    private final String uri;
    private final Path folder;
    private final Process[] workers = new Process[ChaosPlan.WORKERS];
    private final int[] lives = new int[ChaosPlan.WORKERS];
    private int kills;

    /** Starts all workers. */
    WorkerFleet(ChaosPlan plan, String uri, Path folder) {
        this.plan = plan;
        this.uri = uri;
        this.folder = folder;
        for (int worker = 0; worker < workers.length; worker++) {
            start(worker);
        }
    }

    private void start(int worker) {
        String name = ChaosWorker.historyName(worker, lives[worker]);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChaosWorker.class.getName(),
                uri,
                folder.toString(),
                Integer.toString(worker),
                Integer.toString(lives[worker]),
                Long.toString(plan.seed()),
                plan.fault().title());
        File log = folder.resolve(name + ".log").toFile();
        try {
            workers[worker] = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a worker by SIGKILL, as soon as it has begun to work, and starts its successor. */
    void kill(int worker) {
        Path history = HistoryFile.path(folder, ChaosWorker.historyName(worker, lives[worker]));
        await("work of worker " + worker)
                .atMost(START_LIMIT)
                .until(() -> Files.exists(history) && Files.size(history) > 0);
        try {
            workers[worker].destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        kills++;
        lives[worker]++;
        start(worker);
    }

    /** Returns how many workers were killed. */
    int kills() {
        return kills;
    }

    /**
     * Lets all workers end what they do, and returns when they have ended.
     *
     * @throws IllegalStateException if one fails, or does not end
     */
    void end() {
        try {
            for (Process worker : workers) {
                worker.getOutputStream().close();
            }
            for (Process worker : workers) {
                if (!worker.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS) || worker.exitValue() != 0) {
                    throw new IllegalStateException("a worker did not end well; see the logs in " + folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted during a chaos run", e);
    }

    @Override
    public void close() {
        Arrays.stream(workers).forEach(Process::destroyForcibly);
    }
}
