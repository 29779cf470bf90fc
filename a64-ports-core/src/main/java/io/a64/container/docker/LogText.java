package io.a64.container.docker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The end of a container's output, collected piece by piece. Output is untrusted: at most {@value #MOST_BYTES} bytes
 * are kept, and characters that could drive a terminal or reorder text are replaced. Not safe for use by several
 * threads at once.
 */
final class LogText {

    static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST_LINE = 2000;
    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}]");

    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private int size;

    void add(byte[] piece) {
        pieces.addLast(piece);
        size += piece.length;
        while (pieces.size() > 1 && size - pieces.getFirst().length >= MOST_BYTES) {
            size -= pieces.removeFirst().length;
        }
    }

    /** Returns the last lines, oldest first. */
    List<String> lastLines(int most) {
        if (size == 0 || most <= 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String line : LINE_END.split(text(), -1)) {
            lines.add(line(line));
        }
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1); // what follows the last line end
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }

    private String text() {
        ByteBuffer all = ByteBuffer.allocate(size);
        pieces.forEach(all::put);
        int surplus = Math.max(0, size - MOST_BYTES);
        return new String(all.array(), surplus, size - surplus, StandardCharsets.UTF_8);
    }

    /** Returns a text as one harmless line. */
    static String line(String text) {
        String shortened = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
        return UNSAFE.matcher(shortened.replace('\t', ' ')).replaceAll("?");
    }
}
