package io.a64.proxy.nginx.rolling;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What has succeeded and what has failed, by kind. Safe for use by several threads. */
public final class Tally {

    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, Integer>> failed = new EnumMap<>(Kind.class);

    synchronized void succeeded(Kind kind) {
        done.merge(kind, 1, Integer::sum);
    }

    synchronized void failed(Kind kind, String how) {
        failed.computeIfAbsent(kind, any -> new TreeMap<>()).merge(how, 1, Integer::sum);
    }

    /** Returns how many have succeeded. */
    public synchronized int done(Kind kind) {
        return done.getOrDefault(kind, 0);
    }

    /** Returns how many have failed in which way. */
    public synchronized Map<String, Integer> failures(Kind kind) {
        return Map.copyOf(failed.getOrDefault(kind, Map.of()));
    }

    /** Returns a table in Markdown. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("| client | done | failed |\n| --- | --- | --- |\n");
        for (Kind kind : Kind.values()) {
            Map<String, Integer> failures = failures(kind);
            table.append("| %s | %d | %s |\n".formatted(kind.text(), done(kind), failures.isEmpty() ? "0" : failures));
        }
        return table.toString();
    }
}
