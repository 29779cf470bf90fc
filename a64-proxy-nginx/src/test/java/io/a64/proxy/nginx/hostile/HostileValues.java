package io.a64.proxy.nginx.hostile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Values for the fields of routes, some of them valid, from a seed. */
final class HostileValues {

    private static final List<Long> EDGES = List.of(
            Long.MIN_VALUE,
            (long) Integer.MIN_VALUE,
            -1L,
            0L,
            1L,
            999L,
            1000L,
            65_535L,
            65_536L,
            99_999L,
            100_000L,
            100_001L,
            86_400_000L,
            86_400_001L,
            (long) Integer.MAX_VALUE,
            Integer.MAX_VALUE + 1L,
            Long.MAX_VALUE / 1024,
            Long.MAX_VALUE);
    private static final Set<Field> ALWAYS =
            EnumSet.of(Field.MODULE, Field.GENERATION, Field.ADDRESS, Field.UPSTREAM_PORT);
    /** Without path or host the path is that of the module's name. */
    private static final List<Set<Field>> MATCHES = List.of(
            EnumSet.of(Field.PATH), EnumSet.of(Field.HOST, Field.PORT, Field.HOST_PATH), EnumSet.noneOf(Field.class));

    private static final List<Set<Field>> OPTIONS = List.of(
            EnumSet.of(Field.MAX_BODY),
            EnumSet.of(Field.READ_TIMEOUT_MILLIS),
            EnumSet.of(Field.RATE, Field.BURST),
            EnumSet.of(Field.CONNECTIONS),
            EnumSet.of(Field.AUTH_REQUEST),
            EnumSet.of(Field.REALM, Field.USER, Field.HASH),
            EnumSet.of(Field.RANGE),
            EnumSet.of(Field.HEADER_NAME, Field.HEADER_VALUE));

    private final Random random;
    private final ValidValues valid;

    HostileValues(long seed) {
        this.random = new Random(seed);
        this.valid = new ValidValues(random);
    }

    /**
     * A route with values that were chosen by somebody else.
     *
     * @param route all values
     * @param chosen the fields that do not have their harmless value
     */
    record Spec(RawRoute route, Set<Field> chosen) {}

    /** Returns the next route: mostly one hostile value, sometimes several. */
    Spec next() {
        List<Field> fields = new ArrayList<>(fields());
        int count = random.nextInt(10) < 7 ? 1 : 2 + random.nextInt(fields.size() - 1);
        Map<Field, Object> chosen = new EnumMap<>(Field.class);
        while (chosen.size() < count) {
            Field field = fields.get(random.nextInt(fields.size()));
            chosen.put(field, value(field, count == 1));
        }
        RawRoute base = RawRoute.harmless(Set.copyOf(fields));
        boolean rooted = base.values().containsKey(Field.HOST_PATH) && random.nextBoolean();
        return new Spec((rooted ? base.with(Map.of(Field.HOST_PATH, "/")) : base).with(chosen), chosen.keySet());
    }

    /** Returns the next route of which only this field is hostile, and which has no other than it needs. */
    Spec next(Field field) {
        Object value = field.isText() ? text(valid.of(field).toString()) : number(field);
        RawRoute base = RawRoute.harmless(around(field));
        boolean rooted = field == Field.HOST && random.nextBoolean();
        RawRoute placed = rooted ? base.with(Map.of(Field.HOST_PATH, "/")) : base;
        return new Spec(placed.with(Map.of(field, value)), Set.of(field));
    }

    /** Returns the fields of a route that has this one. */
    static Set<Field> around(Field field) {
        Set<Field> fields = EnumSet.copyOf(ALWAYS);
        fields.addAll(MATCHES.get(MATCHES.get(1).contains(field) ? 1 : 0));
        OPTIONS.stream().filter(option -> option.contains(field)).forEach(fields::addAll);
        return fields;
    }

    private Set<Field> fields() {
        Set<Field> fields = EnumSet.copyOf(ALWAYS);
        fields.addAll(MATCHES.get(random.nextInt(MATCHES.size())));
        int odds = 1 + random.nextInt(6); // plain routes are written in another way than those with options
        OPTIONS.stream().filter(option -> random.nextInt(6) >= odds).forEach(fields::addAll);
        return fields;
    }

    /** Among several values most have to be valid, or the first of them would always be the end. */
    private Object value(Field field, boolean alone) {
        boolean wellMeant = random.nextInt(10) < (alone ? 3 : 9);
        if (wellMeant) {
            return valid.of(field);
        }
        return field.isText() ? text(valid.of(field).toString()) : number(field);
    }

    private Long number(Field field) {
        long number = random.nextBoolean() ? EDGES.get(random.nextInt(EDGES.size())) : random.nextInt();
        boolean isLong = field == Field.MAX_BODY || field == Field.READ_TIMEOUT_MILLIS;
        return isLong ? number : (int) number;
    }

    private String text(String good) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> any(Injections.WHOLE);
            case 2 -> any(Injections.SPECIAL_WORDS);
            case 3 -> good + any(Injections.WHOLE);
            case 4 -> good + "\n";
            case 5 -> random.nextBoolean() ? good.toUpperCase(Locale.ROOT) : good.repeat(1 + random.nextInt(300));
            default -> mutated(good);
        };
    }

    private String mutated(String good) {
        StringBuilder text = new StringBuilder(good);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, any(Injections.PARTS));
                case 1 -> text.replace(at, Math.min(text.length(), at + 1), any(Injections.PARTS));
                case 2 -> text.insert(at, (char) random.nextInt(0x180));
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
            }
        }
        return text.toString();
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
