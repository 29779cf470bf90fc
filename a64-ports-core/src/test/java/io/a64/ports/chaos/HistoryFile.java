package io.a64.ports.chaos;

import io.a64.ports.chaos.HistoryEvent.Kind;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The history that one process writes. Every line is handed to the operating system before the writer goes on, so that
 * it survives the death of the process. Safe for use by several threads.
 */
final class HistoryFile implements AutoCloseable {
    private static final String ENDING = ".history";

    private final OutputStream out;

    /** Creates the file; a process that is started again writes another one. */
    HistoryFile(Path folder, String name) {
        try {
            out = new FileOutputStream(path(folder, name).toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path path(Path folder, String name) {
        return folder.resolve(name + ENDING);
    }

    /** Adds a line with the present time. One write per line: what is not written is not there at all. */
    synchronized void note(Kind kind, String owner, Object detail) {
        HistoryEvent event = new HistoryEvent(System.nanoTime(), kind, owner, String.valueOf(detail));
        try {
            out.write((event.line() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Reads all histories in a folder whose names begin so, in the order of time. */
    static List<HistoryEvent> readAll(Path folder, String beginning) {
        List<HistoryEvent> events = new ArrayList<>();
        for (Path file : files(folder, beginning)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.map(HistoryEvent::parse).forEach(events::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        events.sort((one, other) -> Long.compare(one.at(), other.at()));
        return events;
    }

    /** Returns the histories in a folder whose names begin so. */
    static List<Path> files(Path folder, String beginning) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning)
                            && file.getFileName().toString().endsWith(ENDING))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
