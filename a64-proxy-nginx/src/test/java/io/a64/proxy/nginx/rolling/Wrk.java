package io.a64.proxy.nginx.rolling;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load generator {@code wrk}: as many requests as it can over kept connections, none of them tried again. */
public final class Wrk {

    private static final Pattern REQUESTS = Pattern.compile("([0-9]+) requests in ");
    private static final Pattern CONNECT = Pattern.compile("Socket errors: connect ([0-9]+)");
    private static final Pattern READ = Pattern.compile("Socket errors: .*read ([0-9]+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");

    private final Process process;

    /**
     * What it has counted.
     *
     * @param requests answered requests
     * @param refusedConnections connections that could not be made
     * @param cutConnections kept connections that were closed, requests under way on them or not
     * @param errorStatuses answers that are neither 2xx nor 3xx
     */
    public record Result(int requests, int refusedConnections, int cutConnections, int errorStatuses) {}

    private Wrk(Process process) {
        this.process = process;
    }

    /** Starts it, if it is installed. */
    public static Optional<Wrk> start(int port, String path) throws IOException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
        if (!there) {
            return Optional.empty();
        }
        return Optional.of(new Wrk(new ProcessBuilder("wrk", "-t1", "-c8", "-d1h", "http://127.0.0.1:" + port + path)
                .redirectErrorStream(true)
                .start()));
    }

    /** Ends it and returns what it has counted. */
    public Result end() throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid())
                .start()
                .waitFor();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Result(
                number(REQUESTS, output), number(CONNECT, output), number(READ, output), number(STATUS, output));
    }

    /** What is zero is not printed. */
    private static int number(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
