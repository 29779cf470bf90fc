package io.a64.examples.router.internal.upstream;

import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.XnioExecutor;

/**
 * Opens one connection to a module per request, so that no request ever meets a connection that the module is just
 * closing. Replicas that refuse, or do not accept within five seconds, are passed over; nothing has been sent then.
 */
public final class Connector {

    private static final long CONNECT_SECONDS = 5;

    private final UndertowClient client = UndertowClient.getInstance();
    private final Replicas replicas;

    /** Creates a connector. */
    public Connector(Replicas replicas) {
        this.replicas = replicas;
    }

    /** Who waits for a connection; called by the I/O thread of the exchange. */
    public interface Waiting {

        /** Returns whether nobody needs the connection any more. */
        boolean isOver();

        /** Takes a connection, and has to close it. */
        void connected(Upstream upstream, ClientConnection connection);

        /** Learns that no replica accepts. */
        void refused();
    }

    /** Connects to a replica of a route on the I/O thread of an exchange, which has to be the calling one. */
    public void connect(HttpServerExchange exchange, Route route, Waiting waiting) {
        new Search(exchange, route, waiting).tryNext();
    }

    /** Goes through the replicas until one accepts. */
    private final class Search {

        private final HttpServerExchange exchange;
        private final Route route;
        private final Waiting waiting;
        private final List<Upstream> tried = new ArrayList<>();

        Search(HttpServerExchange exchange, Route route, Waiting waiting) {
            this.exchange = exchange;
            this.route = route;
            this.waiting = waiting;
        }

        void tryNext() {
            Optional<Upstream> next =
                    replicas.take(route, exchange.getSourceAddress().getAddress(), tried);
            if (next.isPresent()) {
                tried.add(next.get());
                new Try(this, next.get()).begin();
            } else {
                waiting.refused();
            }
        }
    }

    /** Asks one replica for a connection. */
    private final class Try implements ClientCallback<ClientConnection> {

        private final Search search;
        private final Upstream upstream;
        private XnioExecutor.@Nullable Key timer;
        private boolean decided;

        Try(Search search, Upstream upstream) {
            this.search = search;
            this.upstream = upstream;
        }

        void begin() {
            URI uri = URI.create("http://" + upstream.hostPort());
            HttpServerExchange exchange = search.exchange;
            timer = exchange.getIoThread().executeAfter(() -> failed(null), CONNECT_SECONDS, TimeUnit.SECONDS);
            client.connect(
                    this, uri, exchange.getIoThread(), exchange.getConnection().getByteBufferPool(), OptionMap.EMPTY);
        }

        @Override
        public void completed(ClientConnection opened) {
            ClientConnection connection = new CuttingConnection(opened);
            if (decided) {
                IoUtils.safeClose(connection);
                return;
            }
            decide(true);
            connection.addCloseListener(closed -> replicas.release(upstream));
            if (search.waiting.isOver()) {
                IoUtils.safeClose(connection);
            } else {
                search.waiting.connected(upstream, connection);
            }
        }

        @Override
        public void failed(@Nullable IOException e) {
            if (decided) {
                return;
            }
            decide(false);
            replicas.release(upstream);
            if (!search.waiting.isOver()) {
                search.tryNext();
            }
        }

        private void decide(boolean accepted) {
            decided = true;
            if (timer != null) {
                timer.remove();
            }
            replicas.answered(upstream, accepted);
        }
    }
}
