package io.a64.examples.host.api;

import io.a64.FailureKind;
import java.util.Locale;

/** Every way in which a call can fail. */
enum ProblemType {
    INVALID_INPUT(400, "Invalid input"),
    UNAUTHORIZED(401, "Unauthorized"),
    REFUSED(403, "Refused by policy"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    CONFLICT(409, "Conflict"),
    CONTENT_TOO_LARGE(413, "Content too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    MODULE_FAILED(422, "The module failed"),
    INTERRUPTED(500, "Interrupted"),
    INTERNAL(500, "Internal error"),
    UNAVAILABLE(503, "Unavailable"),
    EXHAUSTED(503, "Ports exhausted"),
    DEADLINE_EXCEEDED(504, "Deadline exceeded");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static ProblemType of(FailureKind kind) {
        return switch (kind) {
            case INVALID_INPUT -> INVALID_INPUT;
            case REFUSED -> REFUSED;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case MODULE_FAILED -> MODULE_FAILED;
            case UNAVAILABLE -> UNAVAILABLE;
            case EXHAUSTED -> EXHAUSTED;
            case DEADLINE_EXCEEDED -> DEADLINE_EXCEEDED;
            case INTERRUPTED -> INTERRUPTED;
            case INTERNAL -> INTERNAL;
        };
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Returns the type as RFC 9457 wants it, a URI. */
    String uri() {
        return "urn:a64:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
