package io.a64.examples.host.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A body is not the JSON that is meant. The message names the field, or else line and column. */
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 300;

    MalformedJsonException(String message) {
        super(message);
    }

    private MalformedJsonException(String message, Throwable cause) {
        super(shortened(message), cause);
    }

    static MalformedJsonException of(IOException failure) {
        return new MalformedJsonException(explained(failure), failure);
    }

    private static String explained(IOException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "unknown field " + path(unknown.getPath()) + "; known here: " + known(unknown);
        }
        if (failure instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return "field " + path(mismatch.getPath()) + " must be " + kind(mismatch.getTargetType());
        }
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return "field " + path(mapping.getPath()) + " cannot be read: " + mapping.getOriginalMessage();
        }
        if (failure instanceof MismatchedInputException mismatch && !isTrailing(mismatch)) {
            return "the body must be a JSON object";
        }
        return "malformed JSON" + place(failure) + ": " + reason(failure);
    }

    private static boolean isTrailing(MismatchedInputException mismatch) {
        return mismatch.getOriginalMessage().startsWith("Trailing token");
    }

    private static Collection<?> known(UnrecognizedPropertyException unknown) {
        Collection<?> known = unknown.getKnownPropertyIds();
        return known == null ? List.of() : new TreeSet<>(known);
    }

    private static String path(List<Reference> references) {
        StringBuilder path = new StringBuilder();
        for (Reference reference : references) {
            String name = reference.getFieldName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String place(IOException failure) {
        JsonLocation location = failure instanceof JsonProcessingException known ? known.getLocation() : null;
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String reason(IOException failure) {
        return failure instanceof JsonProcessingException known
                ? known.getOriginalMessage()
                : String.valueOf(failure.getMessage());
    }

    private static String shortened(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
