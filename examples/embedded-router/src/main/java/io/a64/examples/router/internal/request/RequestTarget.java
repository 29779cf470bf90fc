package io.a64.examples.router.internal.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for.
 *
 * @param host the host in lower case without port and final dot, empty if an old client names none
 * @param path the path
 */
public record RequestTarget(String host, RequestPath path) {

    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(?::[0-9]*)?");

    /**
     * Reads the target of a request; empty if NGINX would refuse it. The host of an absolute request line replaces the
     * {@code Host} header, as RFC 9112, 3.2.2 demands of proxies.
     */
    public static Optional<RequestTarget> of(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        String path = uri;
        if (exchange.isHostIncludedInRequestURI()) {
            int authority = uri.indexOf("//") + 2;
            int slash = uri.indexOf('/', authority);
            path = slash < 0 ? "/" : uri.substring(slash);
            exchange.getRequestHeaders().put(Headers.HOST, uri.substring(authority, slash < 0 ? uri.length() : slash));
        }
        Optional<String> host = host(exchange);
        return host.isEmpty()
                ? Optional.empty()
                : RequestPath.of(path).map(normalised -> new RequestTarget(host.get(), normalised));
    }

    private static Optional<String> host(HttpServerExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(Headers.HOST); // Undertow refuses two
        if (given == null) {
            return Optional.of("");
        }
        Matcher authority = AUTHORITY.matcher(given);
        if (!authority.matches()) {
            return Optional.empty();
        }
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        return Optional.of(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    }
}
