package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.ports.Competitor.Try;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several processes that allocate from one registry at the same time, each with a picture of it of its own.
 *
 * @param database where the registry is
 * @param node which one
 * @param range how many ports it has
 * @param ports how many ports an allocation asks for
 * @param threads how many threads each process has
 * @param allocations how many allocations each thread makes
 * @param keeps whether ports are kept; otherwise each allocation is released before the next
 */
record Contest(String database, String node, int range, int ports, int threads, int allocations, boolean keeps) {

    static Contest of(List<String> arguments) {
        return new Contest(
                arguments.get(0),
                arguments.get(1),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Integer.parseInt(arguments.get(4)),
                Integer.parseInt(arguments.get(5)),
                Boolean.parseBoolean(arguments.get(6)));
    }

    /** Returns what {@link #of} takes. */
    List<String> arguments() {
        return Stream.of(database, node, range, ports, threads, allocations, keeps)
                .map(String::valueOf)
                .toList();
    }

    /** Runs the processes, all let go at the same moment, and returns every allocation that they made. */
    List<Try> hold(int processes) throws IOException, InterruptedException {
        List<Process> running = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                running.add(start());
            }
            return results(running);
        } finally {
            running.forEach(Process::destroyForcibly);
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Competitor.class.getName()));
        command.addAll(arguments());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<Try> results(List<Process> running) throws IOException, InterruptedException {
        List<BufferedReader> outputs = new ArrayList<>();
        for (Process process : running) {
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(output.readLine())) {
                throw new IllegalStateException("a competing process did not get ready; see its error output");
            }
            outputs.add(output);
        }
        for (Process process : running) {
            try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
                input.write(System.lineSeparator());
            }
        }
        List<Try> tries = new ArrayList<>();
        for (BufferedReader output : outputs) {
            output.lines().map(Try::parse).forEach(tries::add);
        }
        for (Process process : running) {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("a competing process failed; see its error output");
            }
        }
        return tries;
    }
}
