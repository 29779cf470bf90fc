package io.a64.examples.benchmarks.routes;

import io.a64.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The floor: a signal to NGINX's master, and nothing else, until its last old worker does not accept any more. */
final class BareReload {

    private static final Duration POLL = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final long master;

    BareReload(long master) {
        this.master = master;
    }

    Duration run() throws IOException, InterruptedException {
        List<Long> before = ProcessHandle.of(master)
                .orElseThrow()
                .children()
                .map(ProcessHandle::pid)
                .filter(BareReload::accepts)
                .toList();
        long start = System.nanoTime();
        new ProcessBuilder("/bin/sh", "-c", "kill -HUP " + master).start().waitFor();
        Deadline deadline = Deadline.after(LIMIT);
        while (before.stream().anyMatch(BareReload::accepts)) {
            if (!deadline.pause(POLL)) {
                throw new IllegalStateException("NGINX does not reload");
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean accepts(long pid) {
        try {
            String title = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return title.startsWith("nginx: worker process") && !title.contains("is shutting down");
        } catch (IOException e) {
            return false; // it has ended
        }
    }
}
