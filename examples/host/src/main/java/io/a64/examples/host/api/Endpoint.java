package io.a64.examples.host.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A method on a path.
 *
 * @param method the HTTP method
 * @param segments of the path; {@code {name}} stands for any one
 * @param call what it does
 */
record Endpoint(String method, List<String> segments, Call call) {

    private static final String VARIABLE = "{name}";

    static Endpoint of(String method, String template, Call call) {
        return new Endpoint(method, segments(template), call);
    }

    static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    boolean isLiteral() {
        return !segments.contains(VARIABLE);
    }

    /** A HEAD is answered like a GET; the server leaves the body out. */
    boolean takes(String requestMethod) {
        return method.equals(requestMethod) || (method.equals("GET") && requestMethod.equals("HEAD"));
    }

    /** Returns what stands in the place of the variable, or empty text without one; nothing if the path is another. */
    Optional<String> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        String name = "";
        for (int i = 0; i < path.size(); i++) {
            if (segments.get(i).equals(VARIABLE)) {
                name = path.get(i);
            } else if (!segments.get(i).equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(name);
    }
}
