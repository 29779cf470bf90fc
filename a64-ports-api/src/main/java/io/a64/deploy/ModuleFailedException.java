package io.a64.deploy;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;

/** The module itself is at fault: it ended, or never became ready. The evidence holds its last lines. */
public final class ModuleFailedException extends A64Exception {

    private static final long serialVersionUID = 1L;

    public ModuleFailedException(String message, List<String> evidence) {
        super(FailureKind.MODULE_FAILED, message, evidence, null);
    }
}
