package io.a64.examples.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packed host, run as an operator runs it. */
final class HostProcess implements AutoCloseable {

    private static final String READY = "A64 host ready: ";
    private static final String TOKEN = "A64 API token: ";

    private final Process process;
    private final List<String> lines;

    private HostProcess(Process process, List<String> lines) {
        this.process = process;
        this.lines = lines;
    }

    /** What a host that has ended leaves. */
    record Ended(int code, String out, String err) {}

    /** Starts it and returns when it says that it is ready. Its log goes to a file. */
    static HostProcess start(Path log, Map<String, String> variables) {
        try {
            Process process =
                    builder(variables, List.of()).redirectError(log.toFile()).start();
            List<String> lines = new ArrayList<>();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            while (lines.isEmpty() || !lines.get(lines.size() - 1).startsWith(READY)) {
                String line = out.readLine();
                if (line == null) {
                    throw new IllegalStateException("the host did not start: " + Files.readString(log));
                }
                lines.add(line);
            }
            return new HostProcess(process, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end, which has to come by itself. */
    static Ended run(Path log, Map<String, String> variables, String... options) {
        try {
            Process process = builder(variables, List.of(options))
                    .redirectError(log.toFile())
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out, Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ProcessBuilder builder(Map<String, String> variables, List<String> options) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = Path.of(System.getProperty("basedir", "."), "target", "a64-host.jar");
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of(java.toString(), "-jar", jar.toString()), options.stream())
                        .toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("A64_"));
        builder.environment().putAll(variables);
        return builder;
    }

    /** Returns what it printed until it was ready. */
    List<String> lines() {
        return lines;
    }

    URI uri() {
        return URI.create(lines.get(lines.size() - 1).substring(READY.length()));
    }

    HostClient client() {
        return client(token().orElseThrow());
    }

    HostClient client(String token) {
        return new HostClient(uri(), token);
    }

    private Optional<String> token() {
        return lines.stream()
                .filter(line -> line.startsWith(TOKEN))
                .map(line -> line.substring(TOKEN.length()))
                .findFirst();
    }

    /** Ends it by SIGTERM and returns its exit code, which has to come within ten seconds. */
    int terminate() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the host did not end within ten seconds");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
