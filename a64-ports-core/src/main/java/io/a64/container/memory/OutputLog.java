package io.a64.container.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** The last lines that a container's process has written. Safe for use by several threads. */
final class OutputLog {

    private static final int MOST = 1000;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> lines = new ArrayDeque<>();

    void add(String line) {
        lock.lock();
        try {
            lines.addLast(UNSAFE.matcher(line).replaceAll("?"));
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    List<String> tail(int most) {
        lock.lock();
        try {
            return lines.stream()
                    .skip(Math.max(0, lines.size() - Math.max(0, most)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
