package io.a64.proxy.nginx.internal.control;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of an operator's configuration.
 *
 * @param text the file as it stands
 */
record ConfigurationText(String text) {

    /** Comments are matched too, so that what looks like an include in one is passed over. */
    private static final Pattern INCLUDE =
            Pattern.compile("#[^\\n]*|(?<=^|[;{}\\s])include\\s+(?:\"([^\"]*)\"|'([^']*)'|([^;\\s]+))\\s*;");

    /** Returns the first word after the first directive of this name, empty if there is none. */
    Optional<String> first(String directive) {
        Matcher matcher = Pattern.compile("(?m)(?:^|[;{}])\\s*" + directive + "\\s+[\"']?([^;\\s\"']+)")
                .matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Returns the patterns that it includes files by, as they are written. */
    List<String> includes() {
        return INCLUDE.matcher(text)
                .results()
                .map(ConfigurationText::pattern)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns the text with other includes.
     *
     * @param replacement gets a pattern, returns the directives in its place; the same pattern to keep it
     */
    String withIncludes(UnaryOperator<String> replacement) {
        return INCLUDE.matcher(text).replaceAll(found -> {
            String kept = found.group();
            String directives = pattern(found)
                    .map(pattern -> {
                        String given = replacement.apply(pattern);
                        return given.equals(pattern) ? kept : given;
                    })
                    .orElse(kept);
            return Matcher.quoteReplacement(directives);
        });
    }

    private static Optional<String> pattern(MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return Optional.of(found.group(group));
            }
        }
        return Optional.empty();
    }
}
