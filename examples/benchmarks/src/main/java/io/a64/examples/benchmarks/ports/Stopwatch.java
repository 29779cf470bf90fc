package io.a64.examples.benchmarks.ports;

/** Times an operation. */
final class Stopwatch {

    private Stopwatch() {}

    /** Returns how long the operation takes, in milliseconds. */
    static double millis(Runnable operation) {
        long start = System.nanoTime();
        operation.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
