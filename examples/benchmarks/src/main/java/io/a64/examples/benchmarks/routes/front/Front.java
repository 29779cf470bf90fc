package io.a64.examples.benchmarks.routes.front;

import io.a64.test.services.NginxProcess;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An NGINX in front of modules. Its configuration has one line that is there for the measurement: it answers {@code
 * /answered-by} with the process id of the worker.
 */
public final class Front implements AutoCloseable {

    static final String ANSWERED_BY = "location = /answered-by { access_log off; return 200 $pid; }";

    private static final Target WORKER = new Target("127.0.0.1", "/answered-by");
    private static final String RETIRING = "is shutting down";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TESTS = 5;

    private final Path prefix;
    private final Path mainConfiguration;
    private final int port;
    private final NginxProcess process;

    /**
     * How long a reload took, in milliseconds since it was asked for.
     *
     * @param answered until a new worker answered
     * @param retired until no old worker accepted connections any more, and a new one had answered
     */
    public record Reload(double answered, double retired) {}

    private Front(Path prefix, Path mainConfiguration, int port) {
        this.prefix = prefix;
        this.mainConfiguration = mainConfiguration;
        this.port = port;
        process = NginxProcess.start(prefix, mainConfiguration, port);
    }

    static Front start(Path prefix, Path mainConfiguration, int port) {
        return new Front(prefix, mainConfiguration, port);
    }

    /** Reloads by {@code nginx -s reload} and nothing else. */
    public Reload reload() throws IOException, InterruptedException {
        Set<Long> old = workers();
        long start = System.nanoTime();
        run("-s", "reload");
        long answered = 0;
        while (true) {
            if (answered == 0 && !old.contains(answeredBy())) {
                answered = System.nanoTime();
            }
            if (answered != 0 && !anyAccepts(old)) {
                return new Reload((answered - start) / 1e6, (System.nanoTime() - start) / 1e6);
            }
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException("no reload within " + LIMIT + "; see " + prefix.resolve("error.log"));
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private long answeredBy() throws IOException {
        return Long.parseLong(Question.body(port, WORKER).strip());
    }

    private static boolean anyAccepts(Set<Long> workers) {
        for (long worker : workers) {
            String title = ProcessFacts.title(worker);
            if (!title.isEmpty() && !title.contains(RETIRING)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many milliseconds of CPU time a test of the configuration takes. */
    public double testCpuMillis() throws IOException, InterruptedException {
        double before = ProcessFacts.childrenCpuMillis();
        for (int i = 0; i < TESTS; i++) {
            run("-t");
        }
        return (ProcessFacts.childrenCpuMillis() - before) / TESTS;
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Service.nginxBinary().toString()));
        command.addAll(List.of("-p", prefix.toString(), "-c", mainConfiguration.toString()));
        command.addAll(List.of("-e", prefix.resolve("error.log").toString()));
        command.addAll(Arrays.asList(arguments));
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(prefix.resolve("command.out").toFile())
                .start();
        if (running.waitFor() != 0) {
            throw new IllegalStateException(command + " failed; see " + prefix.resolve("command.out"));
        }
    }

    /** Waits until nothing but the workers of the last reload is left. */
    public void awaitQuiet() throws IOException, InterruptedException {
        while (ProcessFacts.children(process.pid()).length != workers().size()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Set<Long> workers() throws IOException {
        Set<Long> workers =
                Arrays.stream(ProcessFacts.children(process.pid())).boxed().collect(Collectors.toSet());
        for (long worker : Set.copyOf(workers)) {
            if (!anyAccepts(Set.of(worker))) {
                workers.remove(worker);
            }
        }
        return workers;
    }

    /** Returns how often the master has read its configuration anew, as its log tells. */
    public long reloads() throws IOException {
        try (Stream<String> lines = Files.lines(prefix.resolve("error.log"))) {
            return lines.filter(line -> line.endsWith(": reconfiguring")).count();
        }
    }

    /** Returns the CPU time of the workers so far, in nanoseconds. */
    public long workersCpuNanos() throws IOException {
        long nanos = 0;
        for (long worker : workers()) {
            nanos += ProcessFacts.cpuNanos(worker);
        }
        return nanos;
    }

    /**
     * The memory of a worker in megabytes.
     *
     * @param resident all that it holds, whoever else does
     * @param proportional the same with what it shares, mostly with the master, divided by the number of those who do
     */
    public record Memory(double resident, double proportional) {}

    /** Returns the memory of the worker, of which there has to be one. */
    public Memory workerMemory() throws IOException {
        long worker = workers().iterator().next();
        return new Memory(ProcessFacts.residentBytes(worker) / 1e6, ProcessFacts.proportionalBytes(worker) / 1e6);
    }

    /** Returns the port of the listener. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
