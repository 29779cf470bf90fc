package io.a64.examples.router.internal.forward;

import io.a64.examples.router.internal.request.Visit;
import io.a64.examples.router.internal.upstream.Connector;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;

/** Sends a request to its module, and the answer back. */
public final class ForwardHandler implements HttpHandler {

    private final ProxyHandler proxy;

    /** Creates the handler. */
    public ForwardHandler(Connector connector) {
        proxy = ProxyHandler.builder()
                .setProxyClient(new UpstreamClient(connector))
                .setReuseXForwarded(true) // they are our own by then, see RequestHeaders
                .setMaxConnectionRetries(0)
                .build();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Visit visit = Visit.of(exchange);
        Forwarding forwarding = Forwarding.begin(exchange);
        if (exchange.getRequestContentLength() > visit.route().options().maxBodyBytes()) {
            forwarding.refuseBody();
            exchange.endExchange();
            return;
        }
        RequestHeaders.rewrite(exchange, visit.route());
        exchange.setRequestURI(visit.target());
        proxy.handleRequest(exchange);
    }
}
