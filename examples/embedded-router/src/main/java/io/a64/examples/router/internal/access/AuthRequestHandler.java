package io.a64.examples.router.internal.access;

import io.a64.examples.router.internal.forward.RequestHeaders;
import io.a64.examples.router.internal.request.Entered;
import io.a64.examples.router.internal.request.OwnAnswer;
import io.a64.examples.router.internal.request.Visit;
import io.a64.examples.router.internal.routing.LiveRoutes;
import io.a64.examples.router.internal.upstream.Connector;
import io.a64.proxy.Route;
import io.undertow.client.ClientRequest;
import io.undertow.client.ClientResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.util.Optional;

/**
 * Asks another module whether a request may pass, as NGINX's {@code auth_request} does: by {@code GET}, with the headers
 * of the request and without its body; the other module's own access rules and limits do not hold for the question. 2xx
 * passes; 401 and 403 are handed to the client with their {@code WWW-Authenticate}; anything else is 500.
 */
public final class AuthRequestHandler implements HttpHandler {

    private final LiveRoutes routes;
    private final Connector connector;
    private final HttpHandler next;

    /** Creates the handler. */
    public AuthRequestHandler(LiveRoutes routes, Connector connector, HttpHandler next) {
        this.routes = routes;
        this.connector = connector;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        Route route = Visit.of(exchange).route();
        Optional<String> path = route.options().access().authRequest();
        if (path.isEmpty()) {
            next.handleRequest(exchange);
            return;
        }
        Optional<Entered> authorizing = routes.enter(table -> table.authorizing(route, path.get()));
        if (authorizing.isEmpty()) {
            OwnAnswer.send(exchange, StatusCodes.INTERNAL_SERVER_ERROR);
            return;
        }
        Question question = new Question(
                exchange,
                authorizing.get(),
                request(exchange, authorizing.get().route(), path.get()),
                answer -> decide(exchange, answer));
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> question.ask(connector));
    }

    private static ClientRequest request(HttpServerExchange exchange, Route authorizing, String path) {
        ClientRequest request = new ClientRequest()
                .setMethod(Methods.GET)
                .setPath(path.substring(authorizing.match().path().length() - 1));
        RequestHeaders.aboutRequest(exchange, authorizing)
                .forEach(header -> request.getRequestHeaders().putAll(header.getHeaderName(), header));
        return request;
    }

    private void decide(HttpServerExchange exchange, Optional<ClientResponse> answer) {
        int status = answer.map(ClientResponse::getResponseCode).orElse(StatusCodes.INTERNAL_SERVER_ERROR);
        if (status >= 200 && status < 300) {
            exchange.dispatch(SameThreadExecutor.INSTANCE, next);
        } else if (status == StatusCodes.UNAUTHORIZED || status == StatusCodes.FORBIDDEN) {
            HeaderValues challenges = answer.orElseThrow().getResponseHeaders().get(Headers.WWW_AUTHENTICATE);
            if (challenges != null) {
                exchange.getResponseHeaders().putAll(Headers.WWW_AUTHENTICATE, challenges);
            }
            OwnAnswer.send(exchange, status);
        } else {
            OwnAnswer.send(exchange, StatusCodes.INTERNAL_SERVER_ERROR);
        }
    }
}
