package io.a64.proxy.nginx;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A writer in a JVM of its own. */
final class WriterProcess {

    private static final int THREADS = 10;
    private static final long LIMIT_SECONDS = 120;

    private final Process process;

    private WriterProcess(Process process) {
        this.process = process;
    }

    /** Starts one that publishes so many routes like this, {@code <module>-0} and so on, from several threads. */
    static WriterProcess publishing(NginxSettings settings, Route like, int count) throws IOException {
        Upstream upstream = like.upstreams().get(0);
        return start(
                WriterProcess.class,
                List.of(
                        settings.prefix().orElseThrow().toString(),
                        settings.listen(),
                        like.module(),
                        Integer.toString(upstream.port()),
                        Integer.toString(count)));
    }

    static WriterProcess start(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return new WriterProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits for its end and returns how often it has reloaded NGINX. */
    long awaitReloads() throws IOException, InterruptedException {
        String output = awaitOutput();
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the writer failed: " + output);
        }
        return Long.parseLong(output.lines().reduce((former, latter) -> latter).orElse("-1"));
    }

    /** Waits for its end and returns its exit code. */
    int awaitExit(Deadline deadline) throws InterruptedException {
        if (!process.waitFor(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the writer does not end");
        }
        return process.exitValue();
    }

    private String awaitOutput() throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the writer does not end: " + output);
        }
        return output;
    }

    /** Called in the other JVM. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1].replaceFirst(".*:", ""));
        NginxRouteWriter writer = NginxRouteWriter.using(NginxUnderTest.settings(Path.of(arguments[0]), port));
        Upstream upstream = new Upstream("127.0.0.1", Integer.parseInt(arguments[3]));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
            String name = arguments[2] + "-" + i;
            Route route = Route.onPath(name, 1, "/" + name + "/", List.of(upstream), RouteOptions.defaults());
            all.add(pool.submit(() -> writer.publish(route, Deadline.after(Duration.ofMinutes(1)))));
        }
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        System.out.println(writer.reloads());
    }
}
