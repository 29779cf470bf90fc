package io.a64.examples.router.internal.request;

import io.a64.proxy.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;

/** Headers that stand on every answer, whoever gives it. */
public final class StandingHeaders {

    private static final HttpString NOSNIFF = new HttpString("X-Content-Type-Options");
    private static final HttpString FRAMES = new HttpString("X-Frame-Options");

    private StandingHeaders() {}

    /** Adds the security headers that the module has not set, and leaves one of those that it has set twice. */
    public static void secure(HttpServerExchange exchange) {
        once(exchange.getResponseHeaders(), NOSNIFF, "nosniff");
        once(exchange.getResponseHeaders(), FRAMES, "SAMEORIGIN");
    }

    private static void once(HeaderMap headers, HttpString name, String fallback) {
        HeaderValues given = headers.get(name);
        if (given == null || given.size() != 1) {
            headers.put(name, given == null || given.isEmpty() ? fallback : given.getFirst());
        }
    }

    /** Puts the headers of a route in place of the module's. */
    public static void ofRoute(HttpServerExchange exchange, Route route) {
        route.options()
                .responseHeaders()
                .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    }
}
