package io.a64.examples.benchmarks.routes.front;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux says about processes. */
public final class ProcessFacts {

    private static final double NANOS_PER_TICK = 1e7;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final Pattern PROPORTIONAL = Pattern.compile("\nPss:\\s+([0-9]+) kB");
    private static final Pattern WRITTEN = Pattern.compile("wchar: ([0-9]+)");

    private ProcessFacts() {}

    /** Returns the CPU time of a process in nanoseconds: what {@code /proc/<pid>/stat} tells in ticks of 10 ms. */
    static long cpuNanos(long pid) throws IOException {
        return Long.parseLong(read(pid, "schedstat").split(" ", 2)[0]);
    }

    /** Returns the CPU time in milliseconds of all children of this process that it has waited for. */
    static double childrenCpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) * NANOS_PER_TICK / 1e6;
    }

    /** Returns how many bytes this process has written so far, to files and sockets. */
    public static long writtenBytes() throws IOException {
        return first(WRITTEN, Files.readString(Path.of("/proc/self/io")));
    }

    /** Returns how many bytes of memory a process holds, shared ones included. */
    static long residentBytes(long pid) throws IOException {
        return first(RESIDENT, read(pid, "status")) << 10;
    }

    /** Returns how many bytes of memory a process holds, shared ones divided by the number of those who share. */
    static long proportionalBytes(long pid) throws IOException {
        return first(PROPORTIONAL, read(pid, "smaps_rollup")) << 10;
    }

    private static long first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("nothing like " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** Returns what a process calls itself, nothing if it has ended. */
    static String title(long pid) {
        try {
            return read(pid, "cmdline");
        } catch (IOException e) {
            return ""; // it may also end between the opening of the file and the reading
        }
    }

    /** Returns the processes that a single-threaded process has started and not waited for. */
    static long[] children(long pid) throws IOException {
        return Arrays.stream(read(pid, "task/" + pid + "/children").strip().split(" ", -1))
                .filter(text -> !text.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static String read(long pid, String file) throws IOException {
        Path path = Path.of("/proc", Long.toString(pid), file);
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    }
}
