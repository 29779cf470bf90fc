package io.a64.core.internal.discovery;

import io.a64.spi.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings that no part has asked for, though they look as if one should. The names that plugins read are known to
 * nobody but them, so what counts is what the parts of this deployer asked for.
 */
public final class UnaskedSettings {

    private static final Logger log = LoggerFactory.getLogger(UnaskedSettings.class);

    private static final String OURS = "a64.";
    /** More changed letters than these make another word of most of our names. */
    private static final int NEAR = 3;

    private static final int SHOWN = 3;

    private UnaskedSettings() {}

    /** Logs a warning for each; called once all parts are made. */
    public static void warn(Settings settings) {
        complaints(settings).forEach(log::warn);
    }

    /** Settings of parts that are not in use are nothing to complain about: their whole family goes unasked. */
    static List<String> complaints(Settings settings) {
        Set<String> asked = settings.asked();
        return settings.names().stream()
                .filter(name -> name.startsWith(OURS) && !asked.contains(name))
                .filter(name -> asked.stream()
                        .anyMatch(other -> family(other).equals(family(name)) || distance(name, other) <= NEAR))
                .sorted()
                .map(name -> "setting " + name + " is asked for by no part of this deployer and changes nothing;"
                        + " nearest that are: " + String.join(", ", nearest(name, asked)))
                .toList();
    }

    private static List<String> nearest(String name, Set<String> asked) {
        return asked.stream()
                .filter(other -> other.startsWith(OURS))
                .sorted(Comparator.comparingInt((String other) -> distance(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static String family(String name) {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    /** Returns how many letters have to be added, removed or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
