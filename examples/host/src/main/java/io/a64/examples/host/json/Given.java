package io.a64.examples.host.json;

import io.a64.InvalidInputException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells fields that a body holds from those that it does not; one that is null counts as not given. */
final class Given {

    private Given() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw InvalidInputException.missing(field, "be given");
        }
        return value;
    }

    static <T> void ifGiven(@Nullable T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }

    static void refused(String field, @Nullable Object value, String rule) {
        if (value != null) {
            throw new InvalidInputException(field, value, rule);
        }
    }

    /** Returns the members of an object, none of which may be null. */
    static Map<String, String> complete(String field, Map<String, @Nullable String> members) {
        Map<String, String> complete = new TreeMap<>();
        members.forEach((name, value) -> complete.put(name, required(field + "." + name, value)));
        return complete;
    }
}
