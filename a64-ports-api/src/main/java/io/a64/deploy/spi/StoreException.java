package io.a64.deploy.spi;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records cannot be read or written. */
public final class StoreException extends A64Exception {

    private static final long serialVersionUID = 1L;

    public StoreException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(kind, message, List.of(), cause);
    }
}
