package io.a64.proxy.nginx.internal;

import io.a64.FailureKind;
import io.a64.proxy.RouteException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something went wrong on the way to NGINX; becomes a {@link RouteException} per module that waits for it. */
public final class NginxFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final boolean refusal;
    private final transient List<String> evidence;

    public NginxFailure(FailureKind kind, String message, List<String> evidence, @Nullable Throwable cause) {
        this(kind, false, message, evidence, cause);
    }

    private NginxFailure(
            FailureKind kind, boolean refusal, String message, List<String> evidence, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.refusal = refusal;
        this.evidence = List.copyOf(evidence);
    }

    /** Returns the failure of a configuration that NGINX does not accept. */
    public static NginxFailure refused(String message, List<String> evidence) {
        return new NginxFailure(FailureKind.UNAVAILABLE, true, message, evidence, null);
    }

    /** Returns whether NGINX was asked and does not accept the configuration: one of several routes may be to blame. */
    public boolean isRefusal() {
        return refusal;
    }

    /** Returns what the one who waits can do about it. */
    public FailureKind kind() {
        return kind;
    }

    /** Returns the lines of NGINX. */
    public List<String> evidence() {
        return evidence;
    }

    /** Returns the failure of something that is down or refuses. */
    public static NginxFailure unavailable(String message, List<String> evidence) {
        return new NginxFailure(FailureKind.UNAVAILABLE, message, evidence, null);
    }

    /** Returns the failure of a caller whose own deadline passed. */
    public static NginxFailure deadline(String message) {
        return new NginxFailure(FailureKind.DEADLINE_EXCEEDED, message, List.of(), null);
    }

    /** Returns the failure of a thread that was interrupted, with its interrupt restored. */
    public static NginxFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new NginxFailure(FailureKind.INTERRUPTED, "interrupted while waiting for NGINX", List.of(), cause);
    }

    /** Returns this failure as that of one module's route. */
    public RouteException of(String module) {
        RouteException failure = new RouteException(kind, module, getMessage(), evidence, getCause());
        for (Throwable suppressed : getSuppressed()) {
            failure.addSuppressed(suppressed);
        }
        return failure;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
