package io.a64.examples.router.internal.forward;

import io.a64.examples.router.internal.upstream.Connector;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What Undertow's proxy asks for connections. */
final class UpstreamClient implements ProxyClient {

    private static final ProxyTarget TARGET = new ProxyTarget() {};

    private final Connector connector;

    UpstreamClient(Connector connector) {
        this.connector = connector;
    }

    @Override
    public ProxyTarget findTarget(HttpServerExchange exchange) {
        return TARGET;
    }

    @Override
    public void getConnection(
            ProxyTarget target,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit unit) {
        Forwarding.of(exchange).connect(connector, callback);
    }

    @Override
    public List<ProxyTarget> getAllTargets() {
        return List.of(TARGET);
    }
}
