package io.a64.proxy.nginx.hostile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what was written for a route with what is written for the same route with harmless values: both have to be
 * the same configuration, word for word, except that each harmless value is replaced by the other one, whole.
 */
final class Comparison {

    /** What we derive from values ourselves, as digits. */
    private static final Pattern DERIVED =
            Pattern.compile("(?<![0-9a-z])(?:a[0-9a-f]{6}(?=_)|a64_r[0-9a-f]{8}|[0-9]+-[0-9a-f]{16})");

    private static final Set<String> MAPS = Set.of("map", "geo");
    /** Directives to which {@code off} is a value like any other. */
    private static final Set<String> OFF_IS_TEXT = Set.of("set", "server_name", "add_header", "proxy_hide_header");

    private final Map<String, String> alternatives =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Pattern harmlessForms;
    private final List<String> differences = new ArrayList<>();

    private Comparison(RawRoute harmless, RawRoute route) {
        route.values().forEach((field, value) -> {
            Object replaced = harmless.values().get(field);
            if (!value.equals(replaced)) {
                String forms = field.forms(value).stream().map(Pattern::quote).collect(Collectors.joining("|"));
                field.forms(replaced).forEach(form -> alternatives.merge(form, forms, (a, b) -> a + "|" + b));
            }
        });
        harmlessForms = Pattern.compile(
                alternatives.isEmpty()
                        ? "(?!)"
                        : alternatives.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /**
     * Returns where more differs than the values.
     *
     * @param harmless the route that was not attacked
     * @param expected its files
     * @param route the route that was
     * @param actual its files
     */
    static List<String> differences(
            RawRoute harmless, Map<String, String> expected, RawRoute route, Map<String, String> actual) {
        Comparison comparison = new Comparison(harmless, route);
        comparison.files(expected, actual);
        return comparison.differences;
    }

    /** Another name may stand at another place among them. */
    private void files(Map<String, String> expected, Map<String, String> actual) {
        Map<String, String> others = new TreeMap<>(actual);
        expected.forEach((name, text) -> {
            Pattern pattern = word(name);
            Optional<String> other = others.keySet().stream()
                    .filter(candidate -> pattern.matcher(candidate).matches())
                    .findFirst();
            other.ifPresentOrElse(
                    found -> file(found, text, others.remove(found)),
                    () -> differences.add("no " + name + " among " + actual.keySet()));
        });
        others.keySet().forEach(name -> differences.add(name + " is too much"));
    }

    private void file(String name, String expected, String actual) {
        if (name.endsWith(".conf") || name.endsWith(".map")) {
            try {
                blocks(name, name.endsWith(".map"), Directive.parse(expected), Directive.parse(actual));
            } catch (MalformedConfiguration e) {
                differences.add(name + ": " + e.getMessage());
            }
        } else if (name.endsWith(".htpasswd")) {
            words(name, List.of(expected.split("\n", -1)), List.of(actual.split("\n", -1)));
        }
    }

    /** @param keys whether names are keys of a map, and so may be values */
    private void blocks(String where, boolean keys, List<Directive> expected, List<Directive> actual) {
        if (expected.size() != actual.size()) {
            differences.add(where + ": " + actual + " instead of " + expected);
            return;
        }
        Iterator<Directive> others = actual.iterator();
        for (Directive one : expected) {
            Directive other = others.next();
            if (!isTableSize(one, other)) {
                words(where, one.words(), other.words());
            }
            boolean sameName = one.name().equals(other.name());
            boolean named = sameName || (keys && !Field.SPECIAL_KEYS.contains(other.name()));
            boolean switchedOff = other.words().contains("off") && !one.words().contains("off");
            if (one.isBlock() != other.isBlock() || !named || (switchedOff && !OFF_IS_TEXT.contains(one.name()))) {
                differences.add(where + ": " + other + " instead of " + one);
            }
            blocks(where + " > " + one.name(), MAPS.contains(one.name()), withoutSlots(one), withoutSlots(other));
        }
    }

    /** Which slots of a shared group a module has follows from its name, and is no text of its own. */
    private static List<Directive> withoutSlots(Directive directive) {
        if (!directive.name().equals("upstream")) {
            return directive.block();
        }
        return directive.block().stream()
                .filter(line -> !line.words().contains("unix:/dev/null"))
                .map(Comparison::withoutWeight)
                .toList();
    }

    private static Directive withoutWeight(Directive server) {
        return new Directive(
                server.words().stream()
                        .filter(word -> !word.matches("weight=[0-9]{1,3}"))
                        .toList(),
                server.isBlock(),
                server.block());
    }

    /** A line of a file that is no configuration. */
    private static boolean isText(String where) {
        return where.endsWith(".htpasswd");
    }

    /** Counts what stands for something else even in quotation marks, or would end a header's line. */
    private static long meanings(String word) {
        return word.chars().filter(c -> c == '$' || c < ' ').count();
    }

    /** Longer names need larger tables. */
    private static boolean isTableSize(Directive one, Directive other) {
        return one.name().endsWith("_hash_bucket_size")
                && other.words().size() == 2
                && other.words().get(1).matches("[0-9]{1,5}");
    }

    private void words(String where, List<String> expected, List<String> actual) {
        boolean same = expected.size() == actual.size();
        for (int i = 0; same && i < expected.size(); i++) {
            String word = actual.get(i);
            same = word(expected.get(i)).matcher(underived(word)).matches()
                    && (isText(where) || meanings(word) == meanings(expected.get(i)));
        }
        if (!same) {
            differences.add(where + ": " + actual + " instead of " + expected);
        }
    }

    /** Returns the words that may stand where this harmless one stood. */
    private Pattern word(String expected) {
        String harmless = underived(expected);
        StringBuilder pattern = new StringBuilder();
        Matcher forms = harmlessForms.matcher(harmless);
        int end = 0;
        while (forms.find()) {
            pattern.append(Pattern.quote(harmless.substring(end, forms.start())))
                    .append("(?:")
                    .append(alternatives.get(forms.group()))
                    .append(')');
            end = forms.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(harmless.substring(end))).toString());
    }

    private static String underived(String word) {
        return DERIVED.matcher(word).replaceAll("derived");
    }
}
