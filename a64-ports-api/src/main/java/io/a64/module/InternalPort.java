package io.a64.module;

import io.a64.InvalidInputException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads ports as source system A writes them. */
public final class InternalPort {

    private static final Pattern NOTATION = Pattern.compile("(?:[0-9]{1,5}:)?([0-9]{1,5})(?:/tcp)?");

    private InternalPort() {}

    /**
     * Returns the internal port of {@code "8080"}, {@code "9999:8080"} or {@code "8080/tcp"}. The external port on the
     * left is ignored, as in A: the allocator decides.
     *
     * @throws InvalidInputException naming the field if the text is none of these
     */
    public static int parse(String text) {
        Objects.requireNonNull(text, "ports");
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException("ports", text, "hold entries such as \"8080\", 8080 or \"9999:8080\"");
        }
        return require(Integer.parseInt(matcher.group(1)));
    }

    /**
     * Returns the port if it is one.
     *
     * @throws InvalidInputException naming the field if it is not
     */
    public static int require(int port) {
        if (port < 1 || port > 65535) {
            throw new InvalidInputException("ports", port, "lie between 1 and 65535");
        }
        return port;
    }
}
