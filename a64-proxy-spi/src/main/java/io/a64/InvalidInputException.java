package io.a64;

import java.util.List;

/** A value breaks a rule. Thrown before anything is touched. */
public final class InvalidInputException extends A64Exception {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 80;

    private final String field;

    /**
     * @param field the name of the offending field as documents spell it, such as {@code module_name}
     * @param value what was given; shown shortened and with control characters replaced
     * @param rule what is accepted, as a phrase that follows "must"
     */
    public InvalidInputException(String field, Object value, String rule) {
        this(field, field + " must " + rule + ", but is " + shown(value));
    }

    private InvalidInputException(String field, String message) {
        super(FailureKind.INVALID_INPUT, message, List.of(), null);
        this.field = field;
    }

    /**
     * Returns the exception for a value that was not given at all.
     *
     * @param field the name of the field as documents spell it
     * @param rule what is accepted, as a phrase that follows "must"
     */
    public static InvalidInputException missing(String field, String rule) {
        return new InvalidInputException(field, field + " must " + rule);
    }

    /** Returns the name of the offending field. */
    public String field() {
        return field;
    }

    private static String shown(Object value) {
        String text = value.toString().replaceAll("[^\\x20-\\x7e]", "?");
        String shortened =
                text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
        return "\"" + shortened + "\"";
    }
}
