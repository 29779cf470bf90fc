package io.a64.deploy;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;

/** A policy refuses a module. Nothing was touched. */
public final class AdmissionException extends A64Exception {

    private static final long serialVersionUID = 1L;

    public AdmissionException(String message) {
        super(FailureKind.REFUSED, message, List.of(), null);
    }
}
