package io.a64.examples.host.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.Locale;

/** Reads the body of a request: JSON of at most 1 MiB. */
final class RequestBody {

    private static final int MOST_BYTES = 1 << 20;

    private RequestBody() {}

    static byte[] read(HttpServerExchange exchange) throws IOException {
        requireJson(exchange);
        if (exchange.getRequestContentLength() > MOST_BYTES) {
            throw tooLarge(exchange);
        }
        byte[] bytes = exchange.getInputStream().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw tooLarge(exchange);
        }
        return bytes;
    }

    private static void requireJson(HttpServerExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        String normal = type == null ? "" : type.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        boolean json = normal.equals("application/json") || normal.equals("application/json;charset=utf-8");
        String coding = exchange.getRequestHeaders().getFirst(Headers.CONTENT_ENCODING);
        boolean plain = coding == null || coding.equalsIgnoreCase("identity");
        if (!json || !plain) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be JSON in UTF-8, not compressed: Content-Type: application/json"));
        }
    }

    /** The rest of such a body is not worth reading: the connection ends with the answer. */
    private static ProblemException tooLarge(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        return new ProblemException(
                Problem.of(ProblemType.CONTENT_TOO_LARGE, "the body must be at most " + MOST_BYTES + " bytes long"));
    }
}
