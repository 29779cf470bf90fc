package io.a64.examples.host.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call answers.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param headers further headers
 * @param body what is written as JSON, null for nothing
 */
record Answer(
        int status,
        String contentType,
        Map<String, String> headers,
        @Nullable Object body) {

    static Answer ok(Object body) {
        return new Answer(200, "application/json", Map.of(), body);
    }

    static Answer noContent() {
        return new Answer(204, "application/json", Map.of(), null);
    }

    static Answer created(Object body) {
        return new Answer(201, "application/json", Map.of(), body);
    }
}
