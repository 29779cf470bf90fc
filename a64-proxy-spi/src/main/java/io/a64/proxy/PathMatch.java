package io.a64.proxy;

import io.a64.InvalidInputException;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Requests below a prefix, whatever their host. The module does not see the prefix.
 *
 * @param path the prefix, with a slash at both ends, such as {@code /analytics-dashboard/}
 */
public record PathMatch(String path) implements RouteMatch {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/");
    private static final int LONGEST_PATH = 255;

    public PathMatch {
        require("route.path", path);
    }

    /**
     * Returns the path if it may be routed: segments of unreserved characters (RFC 3986), none beginning with a
     * dot, none of them ours, at most 255 characters.
     *
     * @param field the field that holds the path, for the message
     * @throws InvalidInputException if it may not
     */
    static String require(String field, String path) {
        Objects.requireNonNull(path, field);
        boolean ours = path.startsWith("/health/") || path.startsWith("/__a64/");
        if (ours || path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
            throw new InvalidInputException(
                    field, path, "match " + PATH.pattern() + ", at most 255 characters, not below /health or /__a64");
        }
        return path;
    }

    /** Returns the prefix without its final slash. */
    public String bare() {
        return path.substring(0, path.length() - 1);
    }

    @Override
    public String text() {
        return path;
    }

    /** Two paths clash also if one is the exact health route of the other. */
    @Override
    public boolean clashesWith(RouteMatch other) {
        return other instanceof PathMatch
                && (path.equals(other.path())
                        || (path + "health/").equals(other.path())
                        || (other.path() + "health/").equals(path));
    }

    @Override
    public URI uri(URI base) {
        return URI.create(base + path);
    }
}
