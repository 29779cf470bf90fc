package io.a64.examples.host.json;

import io.a64.InvalidInputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as NGINX and Docker write them: {@code 512}, {@code 64k}, {@code 10m}, {@code 1g}. */
final class ByteSize {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})([kmg]?)");

    private ByteSize() {}

    static long parse(String field, String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new InvalidInputException(field, text, "be a size such as \"512k\", \"10m\" or \"1g\"");
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = unit(matcher.group(2));
        if (number > Long.MAX_VALUE / unit) {
            throw new InvalidInputException(field, text, "be less than 2^63 bytes");
        }
        return number * unit;
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
        };
    }
}
