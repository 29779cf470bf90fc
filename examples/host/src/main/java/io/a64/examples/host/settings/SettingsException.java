package io.a64.examples.host.settings;

import io.a64.spi.InvalidSettingException;
import java.util.List;

/** The host cannot start with these variables. The message is one line for the operator. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with a line that names variable, value and what is accepted. */
    public SettingsException(String line) {
        super(line);
    }

    /** Returns the first problem and how many more there are. */
    static SettingsException of(List<String> problems) {
        int more = problems.size() - 1;
        return new SettingsException(problems.get(0) + (more == 0 ? "" : " (and " + more + " more)"));
    }

    /** Returns the refusal of a setting by the library in the words of the host: by the variable it came from. */
    public static SettingsException of(InvalidSettingException refusal) {
        String message = String.valueOf(refusal.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        String renamed = Variable.ofSetting(refusal.setting())
                .map(variable -> message.replace("setting " + refusal.setting(), variable.name()))
                .orElse(message);
        return new SettingsException(renamed.replaceFirst("//[^/\"]*@", "//***@"));
    }
}
