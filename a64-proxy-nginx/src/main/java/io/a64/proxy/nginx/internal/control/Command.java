package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, or to the deadline's. */
final class Command {

    private Command() {}

    /**
     * What came of it.
     *
     * @param exitCode its exit code
     * @param lines what it wrote to both outputs
     */
    record Result(int exitCode, List<String> lines) {}

    /** The output goes to a file, so that a program that writes much and one that hangs are both no trouble. */
    static Result run(List<String> command, Deadline deadline) throws NginxFailure {
        try {
            Path output = Files.createTempFile("a64-", ".out");
            try {
                return new Result(exitCode(command, output, deadline), lines(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw NginxFailure.unavailable(command.get(0) + " cannot be run: " + e.getMessage(), List.of());
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
    }

    private static List<String> lines(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static int exitCode(List<String> command, Path output, Deadline deadline)
            throws IOException, InterruptedException, NginxFailure {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
                throw NginxFailure.deadline(String.join(" ", command) + " did not end in time");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
