package io.a64;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose. Unchecked; immutable but for suppressed exceptions.
 *
 * <p>The message says what failed, on which object, why, and what to do. {@link #evidence()} carries what a
 * person would look at next: the last log lines of a container, the line of {@code nginx -t}.
 */
public abstract class A64Exception extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final transient List<String> evidence;

    protected A64Exception(FailureKind kind, String message, List<String> evidence, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.evidence = List.copyOf(evidence);
    }

    /** Returns why it failed. */
    public final FailureKind kind() {
        return kind;
    }

    /** Returns lines for a person to look at, oldest first; may be empty, never contains a secret of ours. */
    @SuppressWarnings("NullAway") // a deserialised exception has lost its transient evidence
    public final List<String> evidence() {
        return evidence == null ? List.of() : evidence;
    }
}
