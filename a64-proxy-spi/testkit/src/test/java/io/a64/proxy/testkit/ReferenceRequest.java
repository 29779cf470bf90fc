package io.a64.proxy.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks {@link ReferenceProxy}.
 *
 * @param head the head as it came
 * @param rawPath the path as it came
 * @param query the query with its question mark, empty if there is none
 * @param path the path as routes are found by it: decoded, slashes merged, dot segments resolved
 * @param host the host that is asked for, in lower case, without port
 * @param port the port that was asked
 * @param peer the client
 */
record ReferenceRequest(
        HttpHead head, String rawPath, String query, String path, String host, int port, InetAddress peer) {

    private static final Pattern TARGET = Pattern.compile("(?:(?i:http)://([^/?]*))?([^?]*)(.*)");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(?i)(/|\\\\|%2f|%5c)(\\.|%2e){1,2}(?=/|\\\\|%2f|%5c|$)");

    static ReferenceRequest read(Socket client) throws IOException {
        HttpHead head = HttpHead.read(client.getInputStream());
        Matcher target = TARGET.matcher(head.word(1));
        if (!target.matches()) {
            throw new IOException("no target: " + head.start());
        }
        String authority = target.group(1) == null ? String.join("", head.header("host")) : target.group(1);
        return new ReferenceRequest(
                head,
                target.group(2),
                target.group(3),
                normalised(target.group(2)),
                authority.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT),
                client.getLocalPort(),
                client.getInetAddress());
    }

    ReferenceRequest withPath(String other) {
        return new ReferenceRequest(head, rawPath, query, other, host, port, peer);
    }

    String method() {
        return head.word(0);
    }

    boolean hasDotSegments() {
        return DOT_SEGMENT.matcher(rawPath).find();
    }

    boolean asksForWebSocket() {
        return head.header("upgrade").contains("websocket");
    }

    private static String normalised(String raw) {
        String decoded = ESCAPE.matcher(raw)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(Character.toString((char) HexFormat.fromHexDigits(escape.group(1)))));
        Deque<String> segments = new ArrayDeque<>();
        String last = "";
        for (String segment : decoded.split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String joined = "/" + String.join("/", segments);
        return last.equals(segments.peekLast()) || joined.equals("/") ? joined : joined + "/";
    }

    /** Returns a decoded path as it may stand in a request line. */
    static String encoded(String decoded) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : decoded.getBytes(StandardCharsets.ISO_8859_1)) {
            boolean plain = octet > ' ' && octet < 0x7f && "\"#%<>?\\^`{|}".indexOf(octet) < 0;
            encoded.append(
                    plain
                            ? Character.toString((char) octet)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(octet));
        }
        return encoded.toString();
    }
}
