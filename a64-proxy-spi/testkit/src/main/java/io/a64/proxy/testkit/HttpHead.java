package io.a64.proxy.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The head of a message as it came over the wire, one character per byte.
 *
 * @param start the request or status line
 * @param lines the header lines
 */
record HttpHead(String start, List<String> lines) {

    /**
     * Reads up to the empty line, and nothing of the body.
     *
     * @throws EOFException if the other side closed before the head was complete
     */
    static HttpHead read(InputStream in) throws IOException {
        String start = line(in);
        List<String> lines = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return new HttpHead(start, List.copyOf(lines));
    }

    /** Reads a line without its end. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended after \"" + line + "\"");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Returns the values of a header, in order. */
    List<String> header(String name) {
        String beginning = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(beginning))
                .map(line -> line.substring(beginning.length()).strip())
                .toList();
    }

    boolean isChunked() {
        return header("transfer-encoding").contains("chunked");
    }

    /** Returns the declared length of the body, 0 if none is declared. */
    long length() {
        return header("content-length").stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** Returns the word of the first line at a place, counted from 0. */
    String word(int place) {
        return start.split(" ", 3)[place];
    }
}
