package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever may deploy a module chooses names, paths, headers, targets and sizes. Whatever they choose is refused by name,
 * or stands in NGINX's files where it belongs and is one word there. {@code -Da64.hostile.specs=10000} asks for more
 * specs than the usual build, {@code -Da64.hostile.seed=…} for those of another run.
 */
final class HostileSpecsTest {

    static final int COUNT = Integer.getInteger("a64.hostile.specs", 1000);
    static final long SEED = Long.getLong("a64.hostile.seed", 20_261_125L);

    @ParameterizedTest
    @EnumSource
    void no_value_reaches_a_file_except_as_one_word_in_its_place(Shape shape) {
        HostileRun run = new HostileRun(shape::files).on(SEED, COUNT);

        System.out.printf("%d hostile specs, %s, seed %d%n%s%n", COUNT, shape, SEED, run.table());
        assertThat(run.escapes()).as("seed %d", SEED).isEmpty();
        assertThat(EnumSet.allOf(Field.class))
                .as("a field that never passes, or always, is not tested")
                .allSatisfy(field -> {
                    assertThat(run.accepted(field)).isPositive();
                    assertThat(run.refused(field)).isPositive();
                });
    }
}
