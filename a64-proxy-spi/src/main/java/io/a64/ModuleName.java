package io.a64;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rule for names of modules: a DNS label in lower case (RFC 1123, 1 to 63 characters), because a name becomes
 * a path segment, a host name, a file name and a container name. The reserved names would collide with our own paths.
 */
public final class ModuleName {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED = Set.of("health");

    private ModuleName() {}

    /**
     * Returns the name if it obeys the rule.
     *
     * @param field the field that holds the name, for the message
     * @throws InvalidInputException if it does not
     */
    public static String require(String field, String name) {
        Objects.requireNonNull(name, field);
        if (!LABEL.matcher(name).matches()) {
            throw new InvalidInputException(
                    field, name, "be a DNS label: " + LABEL.pattern() + " (lower case, 1 to 63 characters)");
        }
        if (RESERVED.contains(name)) {
            throw new InvalidInputException(field, name, "not be a reserved name " + RESERVED);
        }
        return name;
    }
}
