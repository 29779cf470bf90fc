package io.a64.proxy.nginx.internal;

import io.a64.FailureKind;
import io.a64.proxy.RouteException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something went wrong on the way to NGINX; becomes a {@link RouteException} per module that waits for it. */
public final class NginxFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final boolean ofOneChange;
    private final transient List<String> evidence;

    public NginxFailure(FailureKind kind, String message, List<String> evidence, @Nullable Throwable cause) {
        this(kind, false, message, evidence, cause);
    }

    private NginxFailure(
            FailureKind kind, boolean ofOneChange, String message, List<String> evidence, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.ofOneChange = ofOneChange;
        this.evidence = List.copyOf(evidence);
    }

    /** Returns the failure of a configuration that NGINX does not accept: one of several changes may be to blame. */
    public static NginxFailure refused(String message, List<String> evidence) {
        return new NginxFailure(FailureKind.UNAVAILABLE, true, message, evidence, null);
    }

    /** Returns whether changes that failed together may fare better apart. */
    public boolean mayBeOfOneChange() {
        return ofOneChange || kind == FailureKind.DEADLINE_EXCEEDED;
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
