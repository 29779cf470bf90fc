package io.a64.examples.router.internal.access;

import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.request.Visit;
import io.a64.proxy.BasicAuth;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Answers 401 to clients that do not name a user and his password. Passwords are computed on worker threads; when too
 * many wait for that, the answer is 503.
 */
public final class BasicAuthHandler implements HttpHandler {

    private static final int MOST_WAITING = 100;

    private final Passwords passwords;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final HttpHandler next;

    /**
     * Creates the handler.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public BasicAuthHandler(LongSupplier nanoTime, HttpHandler next) {
        passwords = new Passwords(nanoTime);
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Optional<BasicAuth> demanded =
                Visit.of(exchange).route().options().access().basicAuth();
        Optional<Credentials> given = demanded.flatMap(any -> Credentials.of(exchange.getRequestHeaders()));
        if (demanded.isEmpty()) {
            next.handleRequest(exchange);
        } else if (given.isEmpty()) {
            refuse(exchange, demanded.get());
        } else if (passwords.remember(demanded.get(), given.get())) {
            next.handleRequest(exchange);
        } else if (places.tryAcquire()) {
            exchange.dispatch(exchange.getConnection().getWorker(), (HttpHandler)
                    waiting -> check(waiting, demanded.get(), given.get()));
        } else {
            OwnAnswer.send(exchange, StatusCodes.SERVICE_UNAVAILABLE);
        }
    }

    private void check(HttpServerExchange exchange, BasicAuth demanded, Credentials given) {
        boolean right;
        try {
            right = passwords.check(demanded, given);
        } finally {
            places.release();
        }
        HttpHandler refusal = checked -> refuse(checked, demanded);
        exchange.dispatch(exchange.getIoThread(), right ? next : refusal);
    }

    private static void refuse(HttpServerExchange exchange, BasicAuth demanded) {
        exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"" + demanded.realm() + "\"");
        OwnAnswer.send(exchange, StatusCodes.UNAUTHORIZED);
    }
}
