package io.a64.examples.host.api;

import io.a64.examples.host.json.Json;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request with JSON: who does not show the token learns nothing, not even which paths there are. */
final class ApiHandler implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);
    private static final Set<String> OPEN_PATHS = Set.of("/health", "/metrics");

    private final BearerToken token;
    private final Router open;
    private final Router closed;

    ApiHandler(BearerToken token, Router open, Router closed) {
        this.token = token;
        this.open = open;
        this.closed = closed;
    }

    /** Blocks; to be called on a thread that may. */
    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.startBlocking();
        Answer answer;
        try {
            answer = answer(exchange);
        } catch (RuntimeException | IOException e) {
            answer = Problems.of(e).answer();
        }
        send(answer, exchange);
    }

    private Answer answer(HttpServerExchange exchange) throws IOException {
        if (OPEN_PATHS.contains(exchange.getRequestPath())) {
            return open.answer(exchange);
        }
        token.require(exchange);
        return closed.answer(exchange);
    }

    /** An interrupted thread cannot write to a channel without closing it. */
    private static void send(Answer answer, HttpServerExchange exchange) {
        if (Thread.interrupted()) {
            log.info("answering a call that was interrupted");
        }
        exchange.setStatusCode(answer.status());
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CACHE_CONTROL, "no-store");
        headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        answer.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
        if (answer.body() == null) {
            exchange.endExchange();
            return;
        }
        headers.put(Headers.CONTENT_TYPE, answer.contentType());
        exchange.getResponseSender().send(ByteBuffer.wrap(Json.write(answer.body())));
    }
}
