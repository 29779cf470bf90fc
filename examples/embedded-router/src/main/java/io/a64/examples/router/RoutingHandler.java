package io.a64.examples.router;

import io.a64.proxy.Route;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the route of a request and hands it to the proxy, or answers itself. Runs on I/O threads, never blocks. */
final class RoutingHandler implements HttpHandler {

    private final Supplier<RouteTable> table;
    private final ProxyHandler proxy = ProxyHandler.builder()
            .setProxyClient(new UpstreamClient())
            .setReuseXForwarded(true) // they are our own by then, see RequestHeaders
            .setMaxConnectionRetries(0)
            .build();

    RoutingHandler(Supplier<RouteTable> table) {
        this.table = table;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addResponseCommitListener(ResponseHeaders::secure);
        Optional<RequestPath> path = RequestPath.of(rawPath(exchange));
        if (path.isEmpty()) {
            OwnAnswer.send(exchange, StatusCodes.BAD_REQUEST);
            return;
        }
        RouteTable routes = table.get();
        String decoded = path.get().decoded();
        if (routes.lacksSlash(decoded)) {
            redirect(exchange, decoded);
            return;
        }
        Optional<Route> route = routes.covering(decoded);
        if (route.isPresent()) {
            forward(exchange, path.get(), route.get());
        } else {
            OwnAnswer.send(exchange, decoded.equals("/health") ? StatusCodes.OK : StatusCodes.NOT_FOUND);
        }
    }

    /** Returns the path of the request line as it was received, also of an absolute one. */
    private static String rawPath(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int path = uri.indexOf('/', uri.indexOf("//") + 2);
        return path < 0 ? "/" : uri.substring(path);
    }

    private static void redirect(HttpServerExchange exchange, String path) {
        String query = exchange.getQueryString();
        exchange.getResponseHeaders().put(Headers.LOCATION, path + "/" + (query.isEmpty() ? "" : "?" + query));
        OwnAnswer.send(exchange, StatusCodes.PERMANENT_REDIRECT);
    }

    private void forward(HttpServerExchange exchange, RequestPath path, Route route) throws Exception {
        Forwarding forwarding = Forwarding.begin(exchange, route);
        if (exchange.getRequestContentLength() > route.options().maxBodyBytes()) {
            forwarding.refuseBody();
            exchange.endExchange();
            return;
        }
        RequestHeaders.rewrite(exchange, route);
        exchange.setRequestURI(path.encodedAfter(route.match().path()));
        proxy.handleRequest(exchange);
    }
}
