package io.a64.proxy.spi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What came of a command. Text stands for bytes as they came, one character each (ISO-8859-1), so that a file of any
 * encoding survives being read by a command.
 *
 * @param exitCode its exit code
 * @param output what it wrote to its standard output
 * @param errors what it wrote to its standard error
 */
public record CommandResult(int exitCode, String output, String errors) {

    public CommandResult {
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(errors, "errors");
    }

    /** Returns what it wrote for a person to read: the lines of its output, then those of its errors, as UTF-8. */
    public List<String> lines() {
        return Stream.of(output, errors)
                .map(text -> new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .flatMap(String::lines)
                .toList();
    }
}
