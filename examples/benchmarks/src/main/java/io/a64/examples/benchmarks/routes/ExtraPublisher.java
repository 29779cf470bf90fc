package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.routes.front.Crowd;
import io.a64.examples.benchmarks.routes.front.Mode;
import io.a64.examples.benchmarks.routes.front.Modules;
import io.a64.examples.benchmarks.routes.front.OurRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of several processes that publish extra modules in one directory. Says {@code ready}, waits for its input to end,
 * and publishes.
 */
final class ExtraPublisher {

    private static final int THREADS = 10;
    private static final int NUMBERS = 4;
    private static final int NO_PORT = 0;

    private ExtraPublisher() {}

    /** Takes the numbers of the first change and of all, of the modules and of their port, then settings and values. */
    public static void main(String[] arguments) throws Exception {
        int[] numbers =
                Stream.of(arguments).limit(NUMBERS).mapToInt(Integer::parseInt).toArray();
        Map<String, String> settings = new TreeMap<>();
        for (int i = NUMBERS; i < arguments.length; i += 2) {
            settings.put(arguments[i], arguments[i + 1]);
        }
        Modules modules = new Modules(numbers[2], numbers[3], numbers[3]);
        try (OurRoutes routes = OurRoutes.open(settings, Mode.PATH, modules, NO_PORT)) {
            System.out.println("ready");
            System.in.readAllBytes();
            Crowd.run(
                    THREADS,
                    IntStream.range(numbers[0], numbers[0] + numbers[1])
                            .mapToObj(number -> task(routes, number))
                            .toList());
        }
    }

    private static Callable<Void> task(OurRoutes routes, int number) {
        return () -> {
            routes.publishExtra(number, 1);
            return null;
        };
    }

    /** Lets two processes go at once, each with its half of the changes, and returns when both have ended. */
    static void runTwo(int changes, Modules modules, Map<String, String> settings)
            throws IOException, InterruptedException {
        List<Process> running = new ArrayList<>();
        try {
            for (int first = 0; first < changes; first += changes / 2) {
                running.add(start(List.of(first, changes / 2, modules.count(), modules.port()), settings));
            }
            for (Process process : running) {
                process.inputReader(StandardCharsets.UTF_8).readLine();
            }
            for (Process process : running) {
                process.outputWriter(StandardCharsets.UTF_8).close();
            }
            for (Process process : running) {
                if (process.waitFor() != 0) {
                    throw new IllegalStateException("another process failed to publish; see its error output");
                }
            }
        } finally {
            running.forEach(Process::destroyForcibly);
        }
    }

    private static Process start(List<Integer> numbers, Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExtraPublisher.class.getName()));
        numbers.forEach(number -> command.add(number.toString()));
        settings.forEach((name, value) -> command.addAll(List.of(name, value)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
