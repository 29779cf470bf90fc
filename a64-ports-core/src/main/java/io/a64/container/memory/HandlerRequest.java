package io.a64.container.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request as it arrived at a container.
 *
 * @param module the module of the container
 * @param image the image of the container
 * @param generation the generation of the container
 * @param environment all variables of the container's process
 * @param method the method, such as {@code GET}
 * @param path the path as received, not decoded
 * @param query the query as received, not decoded; empty if there is none
 * @param headers the headers, each name with a capital after each hyphen; looked up ignoring case
 * @param body the whole body, read-only
 */
public record HandlerRequest(
        String module,
        String image,
        int generation,
        Map<String, String> environment,
        String method,
        String path,
        String query,
        SortedMap<String, List<String>> headers,
        ByteBuffer body) {

    public HandlerRequest {
        environment = Map.copyOf(environment);
        SortedMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = Collections.unmodifiableSortedMap(copy);
        body = body.asReadOnlyBuffer();
    }

    /** Returns the body, each time from its beginning. */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /** Returns the body read as UTF-8. */
    public String bodyText() {
        return StandardCharsets.UTF_8.decode(body()).toString();
    }
}
