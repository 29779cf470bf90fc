package io.a64.proxy.nginx.internal.control;

import io.a64.Deadline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of NGINX's error log from a mark on, as far as it can be read. */
final class ErrorLog implements NginxControl.Complaints {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_LINES = 10;

    private final Path file;
    private final long mark;

    private ErrorLog(Path file, long mark) {
        this.file = file;
        this.mark = mark;
    }

    /** Marks the present end of the log. */
    static ErrorLog markedAtEnd(Path file) {
        try {
            return new ErrorLog(file, Files.size(file));
        } catch (IOException e) {
            return new ErrorLog(file, 0); // not there yet
        }
    }

    @Override
    public List<String> lines(Deadline deadline) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.min(mark, log.length()));
            byte[] bytes = new byte[(int) Math.min(MOST_BYTES, log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return complaints(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of("the error log " + file + " cannot be read: " + e);
        }
    }

    private static List<String> complaints(String text) {
        return text.lines()
                .filter(line -> line.contains("[emerg]") || line.contains("[alert]") || line.contains("[crit]"))
                .distinct()
                .limit(MOST_LINES)
                .toList();
    }
}
