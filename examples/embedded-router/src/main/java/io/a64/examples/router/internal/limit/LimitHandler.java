package io.a64.examples.router.internal.limit;

import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.request.Visit;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Answers 429 to clients that ask too often or have too many requests under way; health paths are exempt. */
public final class LimitHandler implements HttpHandler {

    private static final int MOST_CLIENTS = 65_536;

    private final RequestRates rates;
    private final RequestsAtOnce atOnce = new RequestsAtOnce();
    private final HttpHandler next;

    /**
     * Creates the handler.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public LimitHandler(LongSupplier nanoTime, HttpHandler next) {
        rates = new RequestRates(nanoTime, MOST_CLIENTS);
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Visit visit = Visit.of(exchange);
        if (visit.isForHealth() || admit(visit)) {
            next.handleRequest(exchange);
        } else {
            OwnAnswer.send(exchange, StatusCodes.TOO_MANY_REQUESTS);
        }
    }

    private boolean admit(Visit visit) {
        Client client = new Client(visit.route().module(), visit.client());
        boolean inTime = visit.route()
                .options()
                .rateLimit()
                .map(limit -> rates.admit(client, limit))
                .orElse(true);
        return inTime && begin(client, visit);
    }

    private boolean begin(Client client, Visit visit) {
        OptionalInt limit = visit.route().options().connectionLimit();
        if (limit.isEmpty()) {
            return true;
        }
        boolean admitted = atOnce.begin(client, limit.getAsInt());
        if (admitted) {
            visit.atEnd(() -> atOnce.end(client));
        }
        return admitted;
    }
}
