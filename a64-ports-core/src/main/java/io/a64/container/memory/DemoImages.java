package io.a64.container.memory;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Images to try things out with, all with any tag: {@code demo/*} answers every request with JSON that says what
 * arrived, and {@code /health} with {@code ok}; {@code demo/broken} exits at once; {@code demo/unready} listens but
 * answers 503 to everything.
 */
public final class DemoImages {

    /** The exit code of {@code demo/broken}. */
    public static final int BROKEN_EXIT_CODE = 3;

    /** The output of {@code demo/broken}. */
    public static final List<String> BROKEN_OUTPUT =
            List.of("demo: starting", "demo: broken on purpose, giving up with exit code " + BROKEN_EXIT_CODE);

    private DemoImages() {}

    /** Adds the demo images to a runtime. */
    public static InMemoryRuntimeBuilder addTo(InMemoryRuntimeBuilder builder) {
        return builder.image("demo/*", DemoImages::echo)
                .exitingImage("demo/broken", BROKEN_EXIT_CODE, BROKEN_OUTPUT)
                .image("demo/unready", request -> HandlerResponse.text(503, "not yet\n"));
    }

    /** Answers with what arrived; a handler of its own for other image names. */
    public static HandlerResponse echo(HandlerRequest request) {
        if (request.path().equals("/health")) {
            return HandlerResponse.text(200, "ok");
        }
        JsonObject answer = new JsonObject()
                .put("module", request.module())
                .put("image", Objects.requireNonNullElse(request.environment().get("A64_IMAGE"), request.image()))
                .put("generation", request.generation())
                .put("method", request.method())
                .put("path", request.path())
                .put("query", request.query())
                .put("headers", headers(request))
                .put("body", request.bodyText());
        return HandlerResponse.json(200, answer + "\n");
    }

    private static Map<String, String> headers(HandlerRequest request) {
        return request.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(", ", header.getValue())));
    }
}
