package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.report.Table;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks every few milliseconds at what the threads that take a port are doing. */
final class StackSampler implements AutoCloseable {

    private static final int PERIOD_MILLIS = 5;
    private static final int SHOWN = 8;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Set<Long> watched;
    private final Map<String, Integer> places = new TreeMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private final ScheduledFuture<?> looking;

    private StackSampler(Set<Long> watched) {
        this.watched = watched;
        looking = clock.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to look at these threads, of which more may be added. */
    static StackSampler watch(Set<Long> threads) {
        return new StackSampler(threads);
    }

    private synchronized void look() {
        long[] ids = watched.stream().mapToLong(Long::longValue).toArray();
        for (ThreadInfo info : threads.getThreadInfo(ids, Integer.MAX_VALUE)) {
            if (info != null && isTaking(info)) {
                places.merge(place(info), 1, Integer::sum);
            }
        }
    }

    private static boolean isTaking(ThreadInfo info) {
        return Arrays.stream(info.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("take")
                        && frame.getClassName().startsWith(Subject.class.getPackageName()));
    }

    private static String place(ThreadInfo info) {
        StackTraceElement[] stack = info.getStackTrace();
        if (info.getThreadState() != Thread.State.RUNNABLE) {
            return "waiting in " + name(outsideOfJdk(stack));
        }
        if (stack[0].getClassName().matches("(sun.nio.ch|java.net)\\..*")) {
            return "the server's answer";
        }
        StackTraceElement frame = outsideOfJdk(stack);
        return "running in " + (frame.getClassName().startsWith("io.a64.") ? name(frame) : "the driver");
    }

    private static StackTraceElement outsideOfJdk(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
                .findFirst()
                .orElse(stack[0]);
    }

    private static String name(StackTraceElement frame) {
        return frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName();
    }

    /** Returns the places where threads were seen most often. */
    synchronized Table table(String title) {
        int all = places.values().stream().mapToInt(Integer::intValue).sum();
        Table table = new Table(title + ": where " + all + " samples saw the threads", "place", "share");
        places.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .forEach(entry -> table.row(
                        entry.getKey(), String.format(Locale.ROOT, "%.1f %%", 100.0 * entry.getValue() / all)));
        return table;
    }

    @Override
    public void close() {
        boolean wentOn = looking.cancel(false);
        clock.shutdown();
        if (!wentOn) {
            throw new IllegalStateException("the samples end before the measurement does");
        }
    }
}
