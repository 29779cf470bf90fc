package io.a64.examples.router.internal.forward;

import io.a64.proxy.PathMatch;
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

    private static final List<HttpString> FOR_NGINX = List.of(
            new HttpString("X-Accel-Redirect"),
            new HttpString("X-Accel-Buffering"),
            new HttpString("X-Accel-Charset"),
            new HttpString("X-Accel-Expires"),
            new HttpString("X-Accel-Limit-Rate"));
    private static final Pattern COOKIE_PATH = Pattern.compile("(?i)(;\\s*path\\s*=\\s*)(/[^;]*)");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)(/.*)?");

    private ResponseHeaders() {}

    /**
     * Makes redirects and cookies of a path route's module hold for its prefix, and ends what belongs to the module's
     * own connection or is an order to NGINX.
     */
    static void mapBack(HttpServerExchange exchange, Route route) {
        HeaderMap headers = exchange.getResponseHeaders();
        if (route.match() instanceof PathMatch match) {
            prefix(headers, match.bare(), exchange, route);
        }
        FOR_NGINX.forEach(headers::remove);
        if (!exchange.isUpgrade()) {
            headers.remove(Headers.CONNECTION);
            headers.remove(Headers.KEEP_ALIVE);
        }
    }

    private static void prefix(HeaderMap headers, String prefix, HttpServerExchange exchange, Route route) {
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
