package io.a64.examples.router.internal.access;

import io.a64.examples.router.internal.request.Entered;
import io.a64.examples.router.internal.upstream.Connector;
import io.a64.proxy.Upstream;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * One question to a module while a request waits; given up after five seconds. Used by the I/O thread of the waiting
 * request alone.
 */
final class Question implements Connector.Waiting {

    private static final long SECONDS = 5;

    private final HttpServerExchange waiting;
    private final Entered route;
    private final ClientRequest request;
    private final Consumer<Optional<ClientResponse>> listener;
    private @Nullable ClientConnection upstream;
    private XnioExecutor.@Nullable Key timer;
    private boolean over;

    /**
     * Prepares a question.
     *
     * @param route the route to the module, left when the question is over
     * @param listener gets the head of the answer, or nothing if there is none in time
     */
    Question(
            HttpServerExchange waiting,
            Entered route,
            ClientRequest request,
            Consumer<Optional<ClientResponse>> listener) {
        this.waiting = waiting;
        this.route = route;
        this.request = request;
        this.listener = listener;
    }

    void ask(Connector connector) {
        timer = waiting.getIoThread().executeAfter(() -> settle(null), SECONDS, TimeUnit.SECONDS);
        connector.connect(waiting, route.route(), this);
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void refused() {
        settle(null);
    }

    @Override
    public void connected(Upstream replica, ClientConnection connection) {
        upstream = connection;
        route.reached(replica);
        connection.sendRequest(request, new Then(sent -> sent.setResponseListener(new Then(this::answered))));
    }

    private void answered(ClientExchange exchange) {
        settle(exchange.getResponse());
    }

    private void settle(@Nullable ClientResponse response) {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.remove();
        }
        IoUtils.safeClose(upstream);
        route.end();
        listener.accept(Optional.ofNullable(response));
    }

    /** Goes on if a step succeeds, and gives up if it fails. */
    private final class Then implements ClientCallback<ClientExchange> {

        private final Consumer<ClientExchange> next;

        Then(Consumer<ClientExchange> next) {
            this.next = next;
        }

        @Override
        public void completed(ClientExchange result) {
            next.accept(result);
        }

        @Override
        public void failed(IOException e) {
            settle(null);
        }
    }
}
