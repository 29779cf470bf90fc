package io.a64.examples.router.internal.forward;

import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.request.Visit;
import io.a64.examples.router.internal.upstream.Connector;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import io.undertow.client.ClientConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.StatusCodes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * One request on its way to a module: ends it when nothing has moved for too long, and turns the proxy's own failures
 * into 413, 502 and 504. Used by the I/O thread of its exchange alone.
 */
final class Forwarding {

    private static final AttachmentKey<Forwarding> KEY = AttachmentKey.create(Forwarding.class);

    private final HttpServerExchange exchange;
    private final Visit visit;
    private final long silenceNanos;
    private long lastMove = System.nanoTime();
    private int failure = StatusCodes.BAD_GATEWAY;
    private boolean failed;
    private @Nullable ClientConnection upstream;
    private XnioExecutor.@Nullable Key timer;

    private Forwarding(HttpServerExchange exchange) {
        this.exchange = exchange;
        visit = Visit.of(exchange);
        silenceNanos = visit.route().options().readTimeout().toNanos();
    }

    /** Begins to watch a request. */
    static Forwarding begin(HttpServerExchange exchange) {
        Forwarding forwarding = new Forwarding(exchange);
        exchange.putAttachment(KEY, forwarding);
        exchange.addRequestWrapper((factory, wrapped) -> new LimitedBody(factory.create(), forwarding));
        exchange.addResponseWrapper((factory, wrapped) -> new WatchedAnswer(factory.create(), forwarding));
        exchange.addResponseCommitListener(committing -> forwarding.commit());
        exchange.addDefaultResponseListener(unanswered -> forwarding.answerFailure());
        exchange.addExchangeCompleteListener((completed, next) -> {
            forwarding.end();
            next.proceed();
        });
        forwarding.awaitSilence(forwarding.silenceNanos);
        return forwarding;
    }

    static Forwarding of(HttpServerExchange exchange) {
        return exchange.getAttachment(KEY);
    }

    Route route() {
        return visit.route();
    }

    /** Opens the connection to the module and hands it to the proxy. */
    void connect(Connector connector, ProxyCallback<ProxyConnection> callback) {
        connector.connect(exchange, visit.route(), new Connector.Waiting() {
            @Override
            public boolean isOver() {
                return failed; // answered by a time-out meanwhile
            }

            @Override
            public void connected(Upstream replica, ClientConnection connection) {
                upstream = connection;
                visit.reached(replica, connection);
                callback.completed(exchange, new ProxyConnection(connection, "/"));
            }

            @Override
            public void refused() {
                callback.couldNotResolveBackend(exchange);
            }
        });
    }

    /** Returns whether the answer is settled and the rest of the body is only thrown away. */
    boolean hasFailed() {
        return failed;
    }

    /** Notes that a part of the request or of the answer has moved. */
    void moved() {
        lastMove = System.nanoTime();
    }

    /** Notes that the body is over the limit; the answer will be 413. */
    void refuseBody() {
        failure = StatusCodes.REQUEST_ENTITY_TOO_LARGE;
    }

    private void awaitSilence(long nanos) {
        timer = exchange.getIoThread().executeAfter(this::checkSilence, nanos, TimeUnit.NANOSECONDS);
    }

    private void checkSilence() {
        long left = silenceNanos - (System.nanoTime() - lastMove);
        if (left > 0) {
            awaitSilence(left);
            return;
        }
        if (failed || exchange.isResponseStarted()) {
            IoUtils.safeClose(upstream, exchange.getConnection());
        } else {
            failure = StatusCodes.GATEWAY_TIME_OUT;
            IoUtils.safeClose(upstream);
            exchange.endExchange();
        }
    }

    private boolean answerFailure() {
        failed = true;
        if (failure == StatusCodes.REQUEST_ENTITY_TOO_LARGE) {
            OwnAnswer.tooLarge(exchange);
        } else {
            OwnAnswer.send(exchange, failure);
        }
        return true;
    }

    private void commit() {
        if (failed) {
            exchange.setStatusCode(failure); // the proxy may have put its own in place since
        } else {
            ResponseHeaders.mapBack(exchange, visit.route());
        }
    }

    private void end() {
        if (timer != null) {
            timer.remove();
        }
        if (!exchange.isUpgrade()) {
            IoUtils.safeClose(upstream);
        }
    }
}
