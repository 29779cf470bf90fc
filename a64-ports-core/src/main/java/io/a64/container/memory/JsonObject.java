package io.a64.container.memory;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Writes one flat JSON object (RFC 8259). Here because in-memory mode does without third-party libraries; not safe for
 * use by several threads.
 */
final class JsonObject {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringJoiner members = new StringJoiner(",", "{", "}");

    JsonObject put(String name, String value) {
        members.add(quoted(name) + ":" + quoted(value));
        return this;
    }

    JsonObject put(String name, int value) {
        members.add(quoted(name) + ":" + value);
        return this;
    }

    JsonObject put(String name, Map<String, String> values) {
        JsonObject inner = new JsonObject();
        new TreeMap<>(values).forEach(inner::put);
        members.add(quoted(name) + ":" + inner);
        return this;
    }

    @Override
    public String toString() {
        return members.toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(json, text.charAt(i));
        }
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char character) {
        switch (character) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                // JSON allows the two separators, JavaScript did not for long
                if (character < FIRST_PRINTABLE || character == '\u2028' || character == '\u2029') {
                    json.append(String.format("\\u%04x", (int) character));
                } else {
                    json.append(character);
                }
            }
        }
    }
}
