package io.a64.proxy.nginx.hostile;

import io.a64.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts hostile specs through a renderer and keeps what came of them. */
final class HostileRun {

    private final Function<RawRoute, Map<String, String>> renderer;
    private final Map<RawRoute, Map<String, String>> harmless = new HashMap<>();
    private final Map<Field, Integer> refused = new EnumMap<>(Field.class);
    private final Map<Field, Integer> accepted = new EnumMap<>(Field.class);
    private final List<String> escapes = new ArrayList<>();

    /** @param renderer makes files of a route, or refuses it by {@link InvalidInputException} */
    HostileRun(Function<RawRoute, Map<String, String>> renderer) {
        this.renderer = renderer;
    }

    HostileRun on(long seed, int count) {
        HostileValues values = new HostileValues(seed);
        for (int i = 0; i < count; i++) {
            one(values.next());
        }
        return this;
    }

    HostileRun on(long seed, int count, Field field) {
        HostileValues values = new HostileValues(seed);
        for (int i = 0; i < count; i++) {
            one(values.next(field));
        }
        return this;
    }

    void one(HostileValues.Spec spec) {
        try {
            Map<String, String> files = renderer.apply(spec.route());
            spec.chosen().forEach(field -> accepted.merge(field, 1, Integer::sum));
            compare(spec.route(), files);
        } catch (InvalidInputException e) {
            List<Field> named = spec.chosen().stream()
                    .filter(field -> field.isNamedBy(e.field()))
                    .toList();
            named.forEach(field -> refused.merge(field, 1, Integer::sum));
            if (named.isEmpty()) {
                escapes.add(spec + ": the refusal names another field: " + e.getMessage());
            }
        } catch (RuntimeException | StackOverflowError e) {
            escapes.add(spec + ": " + e);
        }
    }

    private void compare(RawRoute route, Map<String, String> files) {
        RawRoute disarmed = route.disarmed();
        Map<String, String> expected = harmless.computeIfAbsent(disarmed, renderer);
        List<String> differences = Comparison.differences(disarmed, expected, route, files);
        if (!differences.isEmpty()) {
            escapes.add(route + ": " + differences);
        }
    }

    /** Returns the specs of which something stood where it should not. */
    List<String> escapes() {
        return escapes;
    }

    int accepted(Field field) {
        return accepted.getOrDefault(field, 0);
    }

    int refused(Field field) {
        return refused.getOrDefault(field, 0);
    }

    /** Returns a line per field for the log of the test run. */
    String table() {
        return Arrays.stream(Field.values())
                .map(field -> String.format("%-20s %6d accepted %6d refused", field, accepted(field), refused(field)))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
