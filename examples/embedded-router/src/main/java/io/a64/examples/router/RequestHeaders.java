package io.a64.examples.router;

import io.a64.proxy.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.NetworkUtils;
import java.net.InetSocketAddress;
import java.util.List;

/** What the module is told about the client: nothing that the client made up. */
final class RequestHeaders {

    private static final HttpString X_FORWARDED_PREFIX = new HttpString("X-Forwarded-Prefix");
    private static final HttpString X_REAL_IP = new HttpString("X-Real-IP");
    private static final HttpString WEBSOCKET = new HttpString("websocket");
    private static final List<HttpString> REMOVED = List.of(
            Headers.X_FORWARDED_FOR, // the proxy sets it
            Headers.X_FORWARDED_SERVER,
            new HttpString("Forwarded"),
            new HttpString("Proxy"),
            new HttpString("Proxy-Connection"),
            new HttpString("Keep-Alive"),
            new HttpString("HTTP2-Settings"),
            Headers.TE,
            Headers.UPGRADE,
            Headers.CONNECTION);

    private RequestHeaders() {}

    /** Makes the headers of a request those that the module will see. */
    static void rewrite(HttpServerExchange exchange, Route route) {
        HeaderMap headers = exchange.getRequestHeaders();
        boolean websocket = route.options().websocket() && asksForWebSocket(headers);
        REMOVED.forEach(headers::remove);
        InetSocketAddress listener = exchange.getConnection().getLocalAddress(InetSocketAddress.class);
        headers.put(Headers.X_FORWARDED_PROTO, exchange.getRequestScheme());
        headers.put(Headers.X_FORWARDED_HOST, NetworkUtils.formatPossibleIpv6Address(exchange.getHostName()));
        headers.put(Headers.X_FORWARDED_PORT, String.valueOf(listener.getPort()));
        headers.put(
                X_FORWARDED_PREFIX,
                route.match().path().substring(0, route.match().path().length() - 1));
        headers.put(X_REAL_IP, exchange.getSourceAddress().getAddress().getHostAddress());
        if (websocket) {
            headers.put(Headers.UPGRADE, WEBSOCKET.toString()).put(Headers.CONNECTION, "Upgrade");
        } else {
            headers.put(Headers.CONNECTION, "close");
        }
    }

    private static boolean asksForWebSocket(HeaderMap headers) {
        String upgrade = headers.getFirst(Headers.UPGRADE);
        return upgrade != null && upgrade.equalsIgnoreCase(WEBSOCKET.toString());
    }
}
