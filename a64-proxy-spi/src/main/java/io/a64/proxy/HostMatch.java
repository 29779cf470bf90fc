package io.a64.proxy;

import io.a64.InvalidInputException;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Requests for a host name on a public port. The module sees the whole path. Several modules may share a host under
 * different prefixes; the longest one that fits wins.
 *
 * @param host the name in lower case, such as {@code shop.localhost}
 * @param port the public port, 1 to 65535
 * @param path the prefix, {@code /} for all that no other module of this host claims, or such as {@code /api/}
 */
public record HostMatch(String host, int port, String path) implements RouteMatch {

    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    public HostMatch {
        Objects.requireNonNull(host, "route.host");
        Objects.requireNonNull(path, "route.path");
        if (!HOST.matcher(host).matches()) {
            throw new InvalidInputException(
                    "route.host",
                    host,
                    "be a name of lower-case DNS labels, such as shop.localhost, of which the last begins with a letter");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidInputException("route.port", port, "lie between 1 and 65535");
        }
        if (!path.equals("/")) {
            PathMatch.require("route.path", path);
        }
    }

    /** Returns the match of all requests for a host on a public port. */
    public static HostMatch of(String host, int port) {
        return new HostMatch(host, port, "/");
    }

    @Override
    public String text() {
        return host + ":" + port + path;
    }

    @Override
    public boolean clashesWith(RouteMatch other) {
        return equals(other);
    }

    /** Returns {@code http://host:port/…}; the base is not needed. */
    @Override
    public URI uri(URI base) {
        return URI.create("http://" + host + (port == 80 ? "" : ":" + port) + path);
    }
}
