package io.a64.core.internal.discovery;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;

/** No implementation can be determined. The message names the setting, the candidates and the artifact to add. */
final class DiscoveryException extends A64Exception {

    private static final long serialVersionUID = 1L;

    DiscoveryException(String message) {
        super(FailureKind.INVALID_INPUT, message, List.of(), null);
    }
}
