package io.a64.proxy.nginx.rolling;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1 as bytes, so that nothing is tried again or pooled behind the test's back. */
final class Wire {

    private static final int HEAD_END = 0x0d0a0d0a;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nconnection: *close\r\n");

    private Wire() {}

    /** Returns the head of a message with its empty line; nothing if the other side has ended before the first byte. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int last = 0; last != HEAD_END; ) {
            int next = in.read();
            if (next < 0 && head.size() == 0) {
                return "";
            }
            if (next < 0) {
                throw new EOFException("closed in the middle of a head");
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    static int contentLength(String head) {
        Matcher matcher = LENGTH.matcher(head);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    static boolean closes(String head) {
        return CLOSE.matcher(head).find();
    }

    static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
