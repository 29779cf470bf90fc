package io.a64.examples.router;

import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;

/**
 * Opens one connection to the module per request, so that no request ever meets a connection that the module is just
 * closing. Of several upstreams one is taken by chance, the others when it refuses.
 */
final class UpstreamClient implements ProxyClient {

    private static final ProxyTarget TARGET = new ProxyTarget() {};

    private final UndertowClient client = UndertowClient.getInstance();

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
        Forwarding forwarding = Forwarding.of(exchange);
        new Attempt(forwarding, exchange, callback, inAnyOrder(forwarding.route())).tryNext();
    }

    private static Iterator<Upstream> inAnyOrder(Route route) {
        List<Upstream> upstreams = new ArrayList<>(route.upstreams());
        Collections.rotate(upstreams, ThreadLocalRandom.current().nextInt(upstreams.size()));
        return upstreams.iterator();
    }

    @Override
    public List<ProxyTarget> getAllTargets() {
        return List.of(TARGET);
    }

    /** Goes through the upstreams until one accepts. */
    private final class Attempt implements ClientCallback<ClientConnection> {

        private final Forwarding forwarding;
        private final HttpServerExchange exchange;
        private final ProxyCallback<ProxyConnection> callback;
        private final Iterator<Upstream> upstreams;

        Attempt(
                Forwarding forwarding,
                HttpServerExchange exchange,
                ProxyCallback<ProxyConnection> callback,
                Iterator<Upstream> upstreams) {
            this.forwarding = forwarding;
            this.exchange = exchange;
            this.callback = callback;
            this.upstreams = upstreams;
        }

        void tryNext() {
            URI uri = URI.create("http://" + upstreams.next().hostPort());
            client.connect(
                    this, uri, exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), OptionMap.EMPTY);
        }

        @Override
        public void completed(ClientConnection connection) {
            if (forwarding.hasFailed()) {
                IoUtils.safeClose(connection); // answered by a time-out meanwhile
                return;
            }
            forwarding.connected(connection);
            callback.completed(exchange, new ProxyConnection(connection, "/"));
        }

        @Override
        public void failed(@Nullable IOException e) {
            if (upstreams.hasNext() && !forwarding.hasFailed()) {
                tryNext();
            } else if (!forwarding.hasFailed()) {
                callback.couldNotResolveBackend(exchange);
            }
        }
    }
}
