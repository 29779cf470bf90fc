package io.a64.container.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers headers besides those about length and connection, which the server sets
 * @param body the body; left out where HTTP allows none
 */
public record HandlerResponse(int status, Map<String, String> headers, ByteBuffer body) {

    private static final int LEAST_STATUS = 200;
    private static final int GREATEST_STATUS = 599;

    /** @throws IllegalArgumentException if the status cannot be sent as a final answer */
    public HandlerResponse {
        if (status < LEAST_STATUS || status > GREATEST_STATUS) {
            throw new IllegalArgumentException("status must be 200 to 599, but is " + status);
        }
        headers = Map.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** Returns the body, each time from its beginning. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** Returns an answer in plain text. */
    public static HandlerResponse text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    /** Returns an answer in JSON. */
    public static HandlerResponse json(int status, String json) {
        return of(status, "application/json", json);
    }

    private static HandlerResponse of(int status, String contentType, String text) {
        return new HandlerResponse(
                status, Map.of("Content-Type", contentType), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
