package io.a64.examples.router;

import io.a64.proxy.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the headers of an answer just before they are sent. */
final class ResponseHeaders {

    private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");
    private static final HttpString FRAMES = new HttpString("X-Frame-Options");
    private static final Pattern COOKIE_PATH = Pattern.compile("(?i)(;\\s*path\\s*=\\s*)(/[^;]*)");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)(/.*)?");

    private ResponseHeaders() {}

    /** Adds the security headers that the module has not set, and leaves one of those that it has set twice. */
    static void secure(HttpServerExchange exchange) {
        once(exchange.getResponseHeaders(), NOSNIFF, "nosniff");
        once(exchange.getResponseHeaders(), FRAMES, "SAMEORIGIN");
    }

    private static void once(HeaderMap headers, HttpString name, String fallback) {
        HeaderValues given = headers.get(name);
        if (given == null || given.size() != 1) {
            headers.put(name, given == null || given.isEmpty() ? fallback : given.getFirst());
        }
    }

    /** Makes redirects and cookies of the module hold for its prefix, and ends what belongs to its own connection. */
    static void mapBack(HttpServerExchange exchange, Route route) {
        HeaderMap headers = exchange.getResponseHeaders();
        String prefix = route.match().path().substring(0, route.match().path().length() - 1);
        String location = headers.getFirst(Headers.LOCATION);
        if (location != null) {
            headers.put(Headers.LOCATION, location(location, prefix, exchange, route));
        }
        HeaderValues cookies = headers.get(Headers.SET_COOKIE);
        if (cookies != null) {
            List<String> mapped =
                    cookies.stream().map(cookie -> cookie(cookie, prefix)).toList();
            headers.putAll(Headers.SET_COOKIE, mapped);
        }
        if (!exchange.isUpgrade()) {
            headers.remove(Headers.CONNECTION);
            headers.remove(Headers.KEEP_ALIVE);
        }
    }

    private static String location(String location, String prefix, HttpServerExchange exchange, Route route) {
        Matcher absolute = ABSOLUTE.matcher(location);
        if (!absolute.matches()) {
            return below(location, prefix);
        }
        String path = absolute.group(2) == null ? "/" : absolute.group(2);
        return isOurs(absolute.group(1), exchange, route) ? below(path, prefix) : location;
    }

    private static boolean isOurs(String authority, HttpServerExchange exchange, Route route) {
        return authority.equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.HOST))
                || authority.equalsIgnoreCase(exchange.getHostName())
                || route.upstreams().stream()
                        .anyMatch(upstream -> upstream.hostPort().equals(authority));
    }

    private static String cookie(String cookie, String prefix) {
        return COOKIE_PATH
                .matcher(cookie)
                .replaceAll(path -> Matcher.quoteReplacement(path.group(1) + below(path.group(2), prefix)));
    }

    /** Returns an absolute path moved below the prefix; what is no absolute path, or is there already, as it is. */
    private static String below(String path, String prefix) {
        boolean absolutePath = path.startsWith("/") && !path.startsWith("//");
        return absolutePath && !isBelow(path, prefix) ? prefix + path : path;
    }

    private static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || "/?# \t".indexOf(path.charAt(prefix.length())) >= 0);
    }
}
