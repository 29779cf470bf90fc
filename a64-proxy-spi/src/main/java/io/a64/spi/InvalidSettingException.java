package io.a64.spi;

import io.a64.A64Exception;
import io.a64.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A setting is missing or cannot be used. The message names the setting, the value and what is accepted. */
public final class InvalidSettingException extends A64Exception {

    private static final long serialVersionUID = 1L;

    private final String setting;

    /**
     * @param setting the full name of the setting
     * @param value what was given, null if nothing was
     * @param accepted what is accepted, as a phrase
     */
    public InvalidSettingException(String setting, @Nullable String value, String accepted) {
        super(FailureKind.INVALID_INPUT, message(setting, value, accepted), List.of(), null);
        this.setting = setting;
    }

    /** Returns the full name of the offending setting. */
    public String setting() {
        return setting;
    }

    private static String message(String setting, @Nullable String value, String accepted) {
        String given = value == null ? " is not set" : " is \"" + value.replaceAll("\\p{Cntrl}", "?") + "\"";
        return "setting " + setting + given + "; accepted: " + accepted;
    }
}
