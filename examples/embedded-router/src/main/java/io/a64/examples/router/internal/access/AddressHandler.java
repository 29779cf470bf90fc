package io.a64.examples.router.internal.access;

import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.request.Visit;
import io.a64.proxy.AddressRange;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.List;

/** Answers 403 to clients whose address is not allowed. */
public final class AddressHandler implements HttpHandler {

    private final HttpHandler next;

    /** Creates the handler. */
    public AddressHandler(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Visit visit = Visit.of(exchange);
        List<AddressRange> allowed = visit.route().options().access().allowedAddresses();
        if (allowed.isEmpty() || allowed.stream().anyMatch(range -> range.contains(visit.client()))) {
            next.handleRequest(exchange);
        } else {
            OwnAnswer.send(exchange, StatusCodes.FORBIDDEN);
        }
    }
}
