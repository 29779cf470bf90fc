package io.a64.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A table in Markdown. Not safe for use by several threads. */
public final class Table {

    private final String title;
    private final List<List<String>> lines = new ArrayList<>();

    /** Creates a table without rows. */
    public Table(String title, String... columns) {
        this.title = title;
        lines.add(List.of(columns));
        lines.add(Collections.nCopies(columns.length, "---"));
    }

    /** Adds a row. */
    public Table row(Object... cells) {
        lines.add(Stream.of(cells).map(String::valueOf).toList());
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append(System.lineSeparator());
        for (List<String> cells : lines) {
            text.append("| ").append(String.join(" | ", cells)).append(" |").append(System.lineSeparator());
        }
        return text.toString();
    }
}
