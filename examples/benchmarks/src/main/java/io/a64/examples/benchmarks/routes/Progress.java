package io.a64.examples.benchmarks.routes;

import java.util.Locale;

/** What is going on, for who waits; not part of the result. */
final class Progress {

    private Progress() {}

    static void say(String format, Object... arguments) {
        System.err.println(String.format(Locale.ROOT, format, arguments));
    }
}
