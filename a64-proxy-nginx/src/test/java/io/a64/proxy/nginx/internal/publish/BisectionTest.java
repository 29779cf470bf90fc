package io.a64.proxy.nginx.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a64.proxy.nginx.internal.NginxFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many tests it takes to find offenders, with an NGINX that is a set of names. */
final class BisectionTest {

    private final List<Set<String>> tests = new ArrayList<>();
    private Predicate<Set<String>> broken = modules -> false;

    private Optional<NginxFailure> ask(Set<String> modules) {
        tests.add(Set.copyOf(modules));
        return broken.test(modules) ? Optional.of(NginxFailure.refused("no: " + modules, List.of())) : Optional.empty();
    }

    private static boolean anyOf(Set<String> modules, String... offenders) {
        return List.of(offenders).stream().anyMatch(modules::contains);
    }

    private static SortedMap<String, Standing> standings(int live, int changed, int withheld) {
        SortedMap<String, Standing> standings = new TreeMap<>();
        for (int i = 0; i < live; i++) {
            standings.put("live-" + i, Standing.LIVE);
        }
        for (int i = 0; i < changed; i++) {
            standings.put("changed-" + i, Standing.CHANGED);
        }
        for (int i = 0; i < withheld; i++) {
            standings.put("withheld-" + i, Standing.WITHHELD);
        }
        return standings;
    }

    private static Optional<String> nobody(NginxFailure refusal, Collection<String> among) {
        return Optional.empty();
    }

    private static BiFunction<NginxFailure, Collection<String>, Optional<String>> naming(String... modules) {
        return (refusal, among) ->
                List.of(modules).stream().filter(among::contains).findFirst();
    }

    private Set<String> offenders(
            SortedMap<String, Standing> standings,
            BiFunction<NginxFailure, Collection<String>, Optional<String>> suspect)
            throws Exception {
        return new Bisection(this::ask, standings, suspect).offenders().keySet();
    }

    @Test
    void whatNginxAcceptsTakesOneTest() throws Exception {
        assertThat(offenders(standings(1000, 10, 0), BisectionTest::nobody)).isEmpty();
        assertThat(tests).hasSize(1);
    }

    @Test
    @DisplayName("trap 29: a change that NGINX names takes one test more")
    void aNamedChange() throws Exception {
        broken = modules -> anyOf(modules, "changed-3");

        assertThat(offenders(standings(1000, 10, 0), naming("changed-3"))).containsExactly("changed-3");
        assertThat(tests).hasSize(2);
    }

    @Test
    @DisplayName("trap 28: a route that is still withheld takes one test more")
    void stillWithheld() throws Exception {
        broken = modules -> anyOf(modules, "withheld-0");

        assertThat(offenders(standings(1000, 1, 1), BisectionTest::nobody)).containsExactly("withheld-0");
        assertThat(tests).hasSize(2);
        tests.clear();
        assertThat(offenders(standings(1000, 1, 1), naming("withheld-0"))).containsExactly("withheld-0");
        assertThat(tests).hasSize(2);
    }

    @Test
    @DisplayName("trap 28: one of a thousand that NGINX does not name takes the logarithm")
    void anUnnamedRoute() throws Exception {
        broken = modules -> anyOf(modules, "live-637");

        assertThat(offenders(standings(1000, 10, 0), BisectionTest::nobody)).containsExactly("live-637");
        assertThat(tests).hasSizeLessThanOrEqualTo(4 + 10);
    }

    @Test
    void fourOfAThousandTakeNoMoreThanFourTimesAsMany() throws Exception {
        broken = modules -> anyOf(modules, "live-1", "live-300", "live-301", "changed-7");

        assertThat(offenders(standings(1000, 10, 0), BisectionTest::nobody))
                .containsExactlyInAnyOrder("live-1", "live-300", "live-301", "changed-7");
        assertThat(tests).hasSizeLessThanOrEqualTo(4 * (2 + 10));
    }

    @Test
    void whoIsNamedWronglyIsNotJudged() throws Exception {
        broken = modules -> anyOf(modules, "changed-3");

        assertThat(offenders(standings(100, 10, 2), naming("live-5", "changed-1", "withheld-1", "live-6")))
                .containsExactly("changed-3");
    }

    @Test
    void ofTwoThatCannotLiveTogetherTheOneThatWasThereStays() throws Exception {
        broken = modules -> modules.contains("live-5") && modules.contains("changed-3");

        assertThat(offenders(standings(100, 10, 2), naming("live-5"))).containsExactly("changed-3");
    }

    @Test
    @DisplayName("trap 28: if NGINX refuses what there is without any route, no route is to blame")
    void nobodyIsToBlame() {
        broken = modules -> true;

        NginxFailure failure = catchThrowableOfType(
                NginxFailure.class, () -> offenders(standings(1000, 10, 2), BisectionTest::nobody));

        assertThat(failure).hasMessage("no: []");
        assertThat(tests).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void withoutAnyRouteARefusalIsTheOperators() {
        broken = modules -> true;

        assertThat(catchThrowableOfType(NginxFailure.class, () -> offenders(standings(0, 0, 0), BisectionTest::nobody)))
                .isNotNull();
        assertThat(tests).hasSize(1);
    }

    @Test
    void whateverIsBrokenTheOthersAreWhatNginxAcceptedLast() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            tests.clear();
            SortedMap<String, Standing> standings =
                    standings(random.nextInt(20), random.nextInt(10), random.nextInt(5));
            Set<String> bad = standings.keySet().stream()
                    .filter(module -> random.nextInt(6) == 0)
                    .collect(Collectors.toSet());
            broken = modules -> anyOf(modules, bad.toArray(String[]::new));
            List<String> names = new ArrayList<>(standings.keySet());

            Set<String> found = offenders(
                    standings,
                    (refusal, among) -> names.isEmpty() || random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(names.get(random.nextInt(names.size())))
                                    .filter(among::contains));

            assertThat(found).as("seed " + seed + ", round " + round).isEqualTo(bad);
            Set<String> accepted = new TreeSet<>(standings.keySet());
            accepted.removeAll(bad);
            assertThat(tests.stream().filter(modules -> !broken.test(modules)).reduce((a, b) -> b))
                    .contains(accepted);
        }
    }
}
