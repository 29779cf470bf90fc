package io.a64.examples.router.internal.forward;

import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.NetworkUtils;
import java.net.InetSocketAddress;
import java.util.List;

/** What the module is told about the client: nothing that the client made up. */
public final class RequestHeaders {

    private static final HttpString X_FORWARDED_PREFIX = new HttpString("X-Forwarded-Prefix");
    private static final HttpString X_REAL_IP = new HttpString("X-Real-IP");
    private static final HttpString X_ORIGINAL_URI = new HttpString("X-Original-URI");
    private static final HttpString X_ORIGINAL_METHOD = new HttpString("X-Original-Method");
    private static final HttpString WEBSOCKET = new HttpString("websocket");
    private static final List<HttpString> REMOVED = List.of(
            Headers.X_FORWARDED_FOR, // the proxy sets it
            Headers.X_FORWARDED_SERVER,
            X_FORWARDED_PREFIX,
            X_ORIGINAL_URI,
            X_ORIGINAL_METHOD,
            new HttpString("Forwarded"),
            new HttpString("Proxy"),
            new HttpString("Proxy-Connection"),
            new HttpString("Keep-Alive"),
            new HttpString("HTTP2-Settings"),
            Headers.TE,
            Headers.UPGRADE,
            Headers.CONNECTION);
    private static final List<HttpString> BODY = List.of(
            Headers.CONTENT_LENGTH,
            Headers.CONTENT_TYPE,
            Headers.CONTENT_ENCODING,
            Headers.TRANSFER_ENCODING,
            Headers.TRAILER,
            Headers.EXPECT);

    private RequestHeaders() {}

    /** Makes the headers of a request those that the module will see. */
    static void rewrite(HttpServerExchange exchange, Route route) {
        HeaderMap headers = exchange.getRequestHeaders();
        boolean websocket = route.options().websocket() && asksForWebSocket(headers);
        describe(headers, exchange, route);
        if (websocket) {
            headers.put(Headers.UPGRADE, WEBSOCKET.toString()).put(Headers.CONNECTION, "Upgrade");
        } else {
            headers.put(Headers.CONNECTION, "close");
        }
    }

    /**
     * Returns the headers of a question about a request, for the module that authorizes it: those of the request, but
     * for what belongs to its body.
     */
    public static HeaderMap aboutRequest(HttpServerExchange exchange, Route authorizing) {
        HeaderMap headers = new HeaderMap();
        exchange.getRequestHeaders().forEach(header -> headers.putAll(header.getHeaderName(), header));
        BODY.forEach(headers::remove);
        describe(headers, exchange, authorizing);
        String query = exchange.getQueryString();
        headers.put(X_ORIGINAL_URI, exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query));
        headers.put(X_ORIGINAL_METHOD, exchange.getRequestMethod().toString());
        headers.put(
                Headers.X_FORWARDED_FOR,
                exchange.getSourceAddress().getAddress().getHostAddress());
        return headers.put(Headers.CONNECTION, "close");
    }

    private static void describe(HeaderMap headers, HttpServerExchange exchange, Route route) {
        REMOVED.forEach(headers::remove);
        InetSocketAddress listener = exchange.getConnection().getLocalAddress(InetSocketAddress.class);
        headers.put(Headers.X_FORWARDED_PROTO, exchange.getRequestScheme());
        headers.put(Headers.X_FORWARDED_HOST, NetworkUtils.formatPossibleIpv6Address(exchange.getHostName()));
        headers.put(Headers.X_FORWARDED_PORT, String.valueOf(listener.getPort()));
        if (route.match() instanceof PathMatch match) {
            headers.put(X_FORWARDED_PREFIX, match.bare());
        }
        headers.put(X_REAL_IP, exchange.getSourceAddress().getAddress().getHostAddress());
    }

    private static boolean asksForWebSocket(HeaderMap headers) {
        String upgrade = headers.getFirst(Headers.UPGRADE);
        return upgrade != null && upgrade.equalsIgnoreCase(WEBSOCKET.toString());
    }
}
