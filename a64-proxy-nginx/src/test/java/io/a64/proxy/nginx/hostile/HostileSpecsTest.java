package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whoever may deploy a module chooses names, paths, headers, targets and sizes. Whatever they choose is refused by name,
 * or stands in NGINX's files where it belongs and is one word there. {@code -Da64.hostile.specs=10000} asks for more
 * specs than the usual build, {@code -Da64.hostile.seed=…} for those of another run.
 */
final class HostileSpecsTest {

    private static final int COUNT = Integer.getInteger("a64.hostile.specs", 1000);
    private static final long SEED = Long.getLong("a64.hostile.seed", 20_261_125L);

    private static final GenerationRenderer RENDERER =
            new GenerationRenderer(new NginxTemplates(), URI.create("http://localhost"));

    private static Map<String, String> rendered(RawRoute route) {
        return RENDERER.render(1, List.of(route.build())).files();
    }

    @Test
    void no_value_reaches_a_file_except_as_one_word_in_its_place() {
        HostileRun run = new HostileRun(HostileSpecsTest::rendered).on(SEED, COUNT);

        System.out.println(COUNT + " hostile specs, seed " + SEED + System.lineSeparator() + run.table());
        assertThat(run.escapes()).as("seed %d", SEED).isEmpty();
        assertThat(EnumSet.allOf(Field.class))
                .as("a field that never passes, or always, is not tested")
                .allSatisfy(field -> {
                    assertThat(run.accepted(field)).isPositive();
                    assertThat(run.refused(field)).isPositive();
                });
    }
}
