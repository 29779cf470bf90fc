package io.a64;

/** Why something failed, seen by the caller: what he can do about it differs per kind. */
public enum FailureKind {
    /** The request breaks a rule; nothing was touched. Change the request. */
    INVALID_INPUT,
    /** A policy refuses: licence, image registry. Nothing was touched. */
    REFUSED,
    /** What was named does not exist. */
    NOT_FOUND,
    /** Somebody else holds it: the module, the path, the container name. */
    CONFLICT,
    /** The module itself is at fault: no such image, exits at once, never becomes ready. */
    MODULE_FAILED,
    /** MongoDB, Docker or the proxy cannot be reached or refuses to work. Try again later. */
    UNAVAILABLE,
    /** No free port is left in the range. */
    EXHAUSTED,
    /** The caller's own deadline passed. */
    DEADLINE_EXCEEDED,
    /** The calling thread was interrupted; its interrupt flag is set. */
    INTERRUPTED,
    /** None of the above. */
    INTERNAL
}
