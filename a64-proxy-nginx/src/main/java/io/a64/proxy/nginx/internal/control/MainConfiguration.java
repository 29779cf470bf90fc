package io.a64.proxy.nginx.internal.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operator's main configuration.
 *
 * @param text the file as it stands
 */
record MainConfiguration(String text) {

    private static final Pattern PID = Pattern.compile("(?m)^\\s*pid\\s+\"?([^;\\s\"]+)\"?\\s*;");

    static MainConfiguration read(Path file) throws IOException {
        return new MainConfiguration(Files.readString(file));
    }

    /** Returns the pid file that it names, nothing if it names none. */
    String pidFile() {
        Matcher matcher = PID.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
