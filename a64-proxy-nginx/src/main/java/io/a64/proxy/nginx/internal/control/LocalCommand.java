package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.spi.CommandResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine to its end, or to the deadline's. */
final class LocalCommand {

    private LocalCommand() {}

    /** The output goes to files, so that a program that writes much and one that hangs are both no trouble. */
    static CommandResult run(List<String> command, Deadline deadline) throws NginxFailure {
        try {
            Path output = Files.createTempFile("a64-", ".out");
            Path errors = output.resolveSibling(output.getFileName() + ".err");
            try {
                int exitCode = exitCode(command, output, errors, deadline);
                return new CommandResult(exitCode, text(output), text(errors));
            } finally {
                Files.delete(output);
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw NginxFailure.unavailable(command.get(0) + " cannot be run: " + e.getMessage(), List.of());
        } catch (InterruptedException e) {
            throw NginxFailure.interrupted(e);
        }
    }

    private static String text(Path output) throws IOException {
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private static int exitCode(List<String> command, Path output, Path errors, Deadline deadline)
            throws IOException, InterruptedException, NginxFailure {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
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
