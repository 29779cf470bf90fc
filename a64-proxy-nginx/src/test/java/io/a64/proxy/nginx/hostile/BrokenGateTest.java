package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That hostile specs do find an open gate: here they meet renderers that write values as they come. */
final class BrokenGateTest {

    private static final int COUNT = 200;

    /** Returns what would be written if neither the records nor the templates looked at these fields. */
    private static Map<String, String> ungated(RawRoute route, Set<Field> open) {
        Map<Field, Object> checked = new EnumMap<>(route.values());
        Map<String, String> raw = new TreeMap<>();
        for (Field field : open) {
            Object value = checked.replace(field, field.harmless());
            if (value != null) {
                raw.put(
                        field == Field.AUTH_REQUEST
                                ? "/check"
                                : field.harmless().toString(),
                        value.toString());
            }
        }
        Map<String, String> files = new TreeMap<>();
        Shape.LOCATIONS
                .files(new RawRoute(checked))
                .forEach((name, text) -> files.put(fill(name, raw), fill(text, raw)));
        return files;
    }

    private static String fill(String text, Map<String, String> raw) {
        String filled = text;
        for (Map.Entry<String, String> value : raw.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "MODULE",
                "PATH",
                "HOST",
                "ADDRESS",
                "AUTH_REQUEST",
                "REALM",
                "USER",
                "HASH",
                "HEADER_NAME",
                "HEADER_VALUE"
            })
    void a_gate_that_is_open_for_one_field_is_found(Field open) {
        HostileRun run = new HostileRun(route -> ungated(route, Set.of(open))).on(HostileSpecsTest.SEED, COUNT, open);

        assertThat(run.escapes()).hasSizeGreaterThan(COUNT / 20);
    }

    private static RawRoute plain(Field field) {
        RawRoute plain = RawRoute.harmless(HostileValues.around(field));
        return field == Field.HOST ? plain.with(Map.of(Field.HOST_PATH, "/")) : plain;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', textBlock = """
                    PATH         @ /x/ { return 200 pwn; } location /y/
                    PATH         @ /x;/
                    PATH         @ /x{/
                    MODULE       @ x; include /etc/passwd
                    HOST         @ default
                    HOST         @ a.b; include /etc/passwd
                    ADDRESS      @ 10.0.0.1:80; server 10.0.0.2
                    REALM        @ off
                    REALM        @ a b
                    HEADER_NAME  @ X-A b
                    HEADER_VALUE @ x" always; add_header Y "z
                    HEADER_VALUE @ $http_cookie"
                    AUTH_REQUEST @ /a; return 200""")
    void each_of_these_would_have_got_through(Field field, String injection) {
        HostileValues.Spec spec = new HostileValues.Spec(plain(field).with(Map.of(field, injection)), Set.of(field));
        HostileRun run = new HostileRun(route -> ungated(route, Set.of(field)));

        run.one(spec);

        assertThat(run.escapes()).hasSize(1);
    }

    @Test
    void what_the_records_accept_needs_no_second_gate() {
        HostileRun run = new HostileRun(route -> {
            route.build();
            return ungated(route, Set.of(Field.HEADER_VALUE, Field.REALM, Field.USER, Field.HASH));
        });

        run.on(HostileSpecsTest.SEED, COUNT);

        assertThat(run.escapes()).isEmpty();
    }
}
