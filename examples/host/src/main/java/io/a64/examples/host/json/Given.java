package io.a64.examples.host.json;

import io.a64.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Asks for fields that a body has to hold. */
final class Given {

    private Given() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw InvalidInputException.missing(field, "be given");
        }
        return value;
    }
}
