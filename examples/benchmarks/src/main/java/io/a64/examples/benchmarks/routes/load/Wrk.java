package io.a64.examples.benchmarks.routes.load;

import io.a64.examples.benchmarks.routes.front.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requests by {@code wrk} over connections that are kept, to targets in an order that is the same each time. */
public final class Wrk implements Load {

    private static final int CONNECTIONS = 16;
    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in ");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern FAILURES = Pattern.compile("Non-2xx|Socket errors");

    private final Path script;

    private Wrk(Path script) {
        this.script = script;
    }

    /** Returns a load on these targets. */
    public static Wrk on(List<Target> targets, Path folder) throws IOException {
        String list = targets.stream()
                .map(target -> "{\"" + target.host() + "\",\"" + target.path() + "\"}")
                .collect(Collectors.joining(",\n"));
        String text = """
                local targets = {
                %s
                }
                local requests = {}
                function init()
                  math.randomseed(64)
                  for i, target in ipairs(targets) do
                    requests[i] = wrk.format("GET", target[2], {Host = target[1]})
                  end
                end
                function request()
                  return requests[math.random(#requests)]
                end
                """.formatted(list);
        return new Wrk(Files.writeString(Files.createTempFile(folder, "wrk", ".lua"), text));
    }

    @Override
    public Done run(int port, Duration time) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + time.toSeconds() + "s",
                        "-s" + script,
                        "http://127.0.0.1:" + port + "/")
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || FAILURES.matcher(output).find()) {
            throw new IllegalStateException("requests have failed:\n" + output);
        }
        return new Done(Long.parseLong(first(REQUESTS, output)), Double.parseDouble(first(RATE, output)));
    }

    private static String first(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk says nothing like " + pattern + ":\n" + output);
        }
        return matcher.group(1);
    }
}
