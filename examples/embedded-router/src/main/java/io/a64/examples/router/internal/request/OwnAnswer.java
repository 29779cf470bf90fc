package io.a64.examples.router.internal.request;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/** Answers that come from the router itself. */
public final class OwnAnswer {

    /** The request names a host that is not served here (RFC 9110, 15.5.20). */
    public static final int MISDIRECTED = 421;

    private OwnAnswer() {}

    /** Answers with a status and its name. */
    public static void send(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.setReasonPhrase(reason(status));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(text(status));
    }

    /** Returns the body of an answer of ours. */
    public static String text(int status) {
        return status + " " + reason(status) + "\n";
    }

    private static String reason(int status) {
        return status == MISDIRECTED ? "Misdirected Request" : StatusCodes.getReason(status);
    }

    /**
     * Answers 413. A client that waits for permission to send is told at once; from another the rest of the body is
     * taken first, because a client that is cut while it sends never reads why. The connection ends either way.
     */
    public static void tooLarge(HttpServerExchange exchange) {
        if (HttpContinue.requiresContinueResponse(exchange)) {
            exchange.setPersistent(false);
            send(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        exchange.setStatusCode(StatusCodes.REQUEST_ENTITY_TOO_LARGE);
        exchange.setPersistent(true); // else the rest of the body would not be read
        exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
        exchange.endExchange();
    }
}
