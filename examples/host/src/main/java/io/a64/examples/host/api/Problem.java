package io.a64.examples.host.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a call failed, as RFC 9457 shows it.
 *
 * @param type which way of failing
 * @param detail what failed and what to do
 * @param members further members of the JSON
 * @param headers further headers of the answer
 */
record Problem(ProblemType type, String detail, Map<String, Object> members, Map<String, String> headers) {

    private static final String RETRY_SECONDS = "5";

    Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        headers = Map.copyOf(headers);
    }

    static Problem of(ProblemType type, String detail) {
        return new Problem(
                type, detail, Map.of(), type.status() == 503 ? Map.of("Retry-After", RETRY_SECONDS) : Map.of());
    }

    Problem with(Map<String, Object> moreMembers) {
        return new Problem(type, detail, moreMembers, headers);
    }

    Problem withHeader(String name, String value) {
        return new Problem(type, detail, members, Map.of(name, value));
    }

    Answer answer() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type.uri());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.putAll(members);
        return new Answer(type.status(), "application/problem+json", headers, body);
    }
}
