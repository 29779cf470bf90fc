package io.a64.examples.router.internal.request;

import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path of a request as NGINX normalises it before it chooses a location: percent-encoding decoded, runs of
 * slashes merged, dot segments resolved.
 *
 * @param raw the path as it was received
 * @param decoded the normalised path, one character per byte
 */
public record RequestPath(String raw, String decoded) {

    private static final String ESCAPED = " \"#%<>?\\^`{|}";
    private static final String SEPARATOR = "[/\\\\]|%2[Ff]|%5[Cc]";
    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(?:" + SEPARATOR + ")(?:\\.|%2[Ee]){1,2}(?:" + SEPARATOR + "|\\z)");

    /** Normalises the path of a request line; empty if NGINX would refuse it. */
    public static Optional<RequestPath> of(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        return decode(raw).flatMap(RequestPath::resolve).map(decoded -> new RequestPath(raw, decoded));
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

    /**
     * Returns the path as the module of a route sees it: a path route without its prefix, a host route byte for byte as
     * it was received, as NGINX hands it on. Empty if the route wants raw paths and this one is written in a form that
     * could leave the prefix.
     */
    public Optional<String> seenBy(Route route) {
        String prefix = route.match().path();
        boolean wantsRaw = route.options().rawPath();
        if (wantsRaw && (!raw.startsWith(prefix) || DOT_SEGMENT.matcher(raw).find())) {
            return Optional.empty();
        }
        if (route.match() instanceof HostMatch) {
            return Optional.of(raw);
        }
        return Optional.of(wantsRaw ? raw.substring(prefix.length() - 1) : encodedAfter(prefix));
    }

    /** Returns what is left of the path after a prefix, with a slash in front, encoded as NGINX encodes it. */
    private String encodedAfter(String prefix) {
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
