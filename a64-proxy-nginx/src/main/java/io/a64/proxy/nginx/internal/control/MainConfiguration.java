package io.a64.proxy.nginx.internal.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operator's main configuration.
 *
 * @param text the file as it stands
 */
record MainConfiguration(String text) {

    static MainConfiguration read(Path file) throws IOException {
        return new MainConfiguration(Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /** Returns the first word after the first directive of this name, empty if there is none. */
    Optional<String> first(String directive) {
        Matcher matcher = Pattern.compile("(?m)^\\s*" + directive + "\\s+[\"']?([^;\\s\"']+)")
                .matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
