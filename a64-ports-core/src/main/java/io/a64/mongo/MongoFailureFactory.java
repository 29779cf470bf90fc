package io.a64.mongo;

import io.a64.A64Exception;
import io.a64.FailureKind;
import org.jspecify.annotations.Nullable;

/** Makes the exception of the part that the driver works for. */
@FunctionalInterface
public interface MongoFailureFactory {
    /** Returns the exception; the message is complete. */
    A64Exception create(FailureKind kind, String message, @Nullable Throwable cause);
}
