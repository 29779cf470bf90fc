package io.a64.examples.benchmarks.ports;

import io.a64.examples.benchmarks.ports.Commands.Tally;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Where one thread's time went.
 *
 * @param totalNanos all of it
 * @param serverNanos between sending a command and having the answer
 * @param lockMillis waiting for locks of any kind, those of the driver's pool included; the JVM counts milliseconds
 * @param cpuNanos on a processor
 */
record ClientWork(long totalNanos, long serverNanos, long lockMillis, long cpuNanos) {

    static final ClientWork NONE = new ClientWork(0, 0, 0, 0);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Makes the JVM count how long threads wait for locks; without it they seem never to. */
    static void countLocks() {
        THREADS.setThreadContentionMonitoringEnabled(true);
    }

    /** Watches the calling thread while the operation runs. */
    static ClientWork of(Runnable operation, Commands commands) {
        long locks = waitedForLocks();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        Tally tally = commands.of(operation);
        return new ClientWork(
                System.nanoTime() - start,
                tally.waitedNanos(),
                waitedForLocks() - locks,
                THREADS.getCurrentThreadCpuTime() - cpu);
    }

    private static long waitedForLocks() {
        ThreadInfo info = THREADS.getThreadInfo(Thread.currentThread().getId());
        return info.getBlockedTime() + info.getWaitedTime();
    }

    ClientWork plus(ClientWork other) {
        return new ClientWork(
                totalNanos + other.totalNanos,
                serverNanos + other.serverNanos,
                lockMillis + other.lockMillis,
                cpuNanos + other.cpuNanos);
    }
}
