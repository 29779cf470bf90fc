package io.a64.examples.router;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The path of a request as NGINX normalises it before it chooses a location: percent-encoding decoded, runs of
 * slashes merged, dot segments resolved.
 *
 * @param decoded the normalised path, one character per byte
 */
record RequestPath(String decoded) {

    private static final String ESCAPED = " \"#%<>?\\^`{|}";

    /** Normalises the path of a request line; empty if NGINX would refuse it. */
    static Optional<RequestPath> of(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        return decode(raw).flatMap(RequestPath::resolve).map(RequestPath::new);
    }

    private static Optional<String> decode(String raw) {
        StringBuilder decoded = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length() || !isHex(raw.charAt(i + 1)) || !isHex(raw.charAt(i + 2))) {
                    return Optional.empty();
                }
                c = (char) HexFormat.fromHexDigits(raw, i + 1, i + 3);
                i += 2;
            }
            if (c == 0) {
                return Optional.empty();
            }
            decoded.append(c);
        }
        return Optional.of(decoded.toString());
    }

    private static boolean isHex(char c) {
        return c < 128 && HexFormat.isHexDigit(c);
    }

    private static Optional<String> resolve(String path) {
        Deque<String> segments = new ArrayDeque<>();
        boolean folder = true;
        for (String segment : path.split("/", -1)) {
            folder = segment.isEmpty() || segment.equals(".") || segment.equals("..");
            if (!folder) {
                segments.addLast(segment);
            } else if (segment.equals("..") && segments.pollLast() == null) {
                return Optional.empty();
            }
        }
        String joined = "/" + String.join("/", segments);
        return Optional.of(folder && joined.length() > 1 ? joined + "/" : joined);
    }

    /** Returns what is left of the path after a prefix, with a slash in front, encoded as NGINX encodes it. */
    String encodedAfter(String prefix) {
        StringBuilder encoded = new StringBuilder("/");
        for (byte octet : decoded.substring(prefix.length()).getBytes(StandardCharsets.ISO_8859_1)) {
            if (octet <= 0x20 || octet == 0x7f || ESCAPED.indexOf(octet) >= 0) {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            } else {
                encoded.append((char) octet);
            }
        }
        return encoded.toString();
    }
}
