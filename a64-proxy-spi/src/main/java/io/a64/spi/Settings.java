package io.a64.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A typed, read-only view of named settings. Values are trimmed; an empty value counts as not set. It remembers which
 * names were asked for, so that mistyped ones can be told. Safe for use by several threads.
 */
public final class Settings {

    private final Map<String, String> values;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** Returns a view of a copy of the given settings. */
    public static Settings of(Map<String, String> values) {
        Map<String, String> copy = new TreeMap<>();
        values.forEach((name, value) -> {
            if (!value.isBlank()) {
                copy.put(name, value.trim());
            }
        });
        return new Settings(copy);
    }

    /** Returns the value as it stands, or empty if it is not set. */
    public Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the names of all settings that have a value. */
    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }

    /** Returns the names that were asked for until now, whether they have a value or not. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    /**
     * Returns the value as it stands.
     *
     * @throws InvalidSettingException if it is not set
     */
    public String requiredText(String name, String accepted) {
        return text(name).orElseThrow(() -> new InvalidSettingException(name, null, accepted));
    }

    /**
     * Returns an ISO-8601 duration such as {@code PT30S}, or empty if it is not set.
     *
     * @throws InvalidSettingException if it is not one, or negative
     */
    public Optional<Duration> duration(String name) {
        String accepted = "an ISO-8601 duration of zero or more, such as PT30S";
        return parsed(name, accepted, DateTimeParseException.class, Duration::parse)
                .map(duration -> {
                    if (duration.isNegative()) {
                        throw new InvalidSettingException(name, duration.toString(), accepted);
                    }
                    return duration;
                });
    }

    /**
     * Returns what a parser makes of the value, or empty if it is not set.
     *
     * @param accepted what is accepted, for the message
     * @param refusal the exception by which the parser refuses
     * @throws InvalidSettingException if the parser refuses
     */
    public <T> Optional<T> parsed(
            String name, String accepted, Class<? extends RuntimeException> refusal, Function<String, T> parser) {
        return text(name).map(value -> {
            try {
                return parser.apply(value);
            } catch (RuntimeException e) {
                if (refusal.isInstance(e)) {
                    throw new InvalidSettingException(name, value, accepted);
                }
                throw e;
            }
        });
    }
}
