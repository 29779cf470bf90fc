package io.a64.examples.benchmarks.routes;

import io.a64.examples.benchmarks.routes.front.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What routes in NGINX cost, one table per question. Everything stands beside a floor that was measured in the same
 * run, in turns: an NGINX whose configuration is written by hand. Every NGINX has a directory of its own and listens on
 * the loopback device; the one that plays the modules does on all devices.
 */
public final class RoutesBenchmark {

    /** The options of {@link #main}, for a help text. */
    public static final String OPTIONS = """
              --quick             only to see that it works, in a minute; its times mean nothing
              --sizes 10,1000     other numbers of modules
              --only NAME,NAME    some of the questions: paths, subdomains, reloads, bursts, shapes""";

    private enum Question {
        PATHS,
        SUBDOMAINS,
        RELOADS,
        BURSTS,
        SHAPES
    }

    private RoutesBenchmark() {}

    /** Runs it with the NGINX that the tests use, and {@code wrk}. */
    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>(Arrays.asList(arguments));
        Extent extent = options.remove("--quick") ? Extent.QUICK : Extent.FULL;
        List<Integer> sizes = values(options, "--sizes").map(Integer::valueOf).toList();
        Set<Question> questions = EnumSet.noneOf(Question.class);
        values(options, "--only")
                .map(name -> Question.valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(questions::add);
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(options + " are no options of this benchmark:\n" + OPTIONS);
        }
        measure(
                questions.isEmpty() ? EnumSet.allOf(Question.class) : questions,
                sizes.isEmpty() ? extent : extent.withSizes(sizes));
    }

    /** Takes an option and its value out and returns what stands between the commas. */
    private static Stream<String> values(List<String> options, String name) {
        int at = options.indexOf(name);
        if (at < 0) {
            return Stream.of();
        }
        if (at + 1 == options.size()) {
            throw new IllegalArgumentException(name + " needs a value:\n" + OPTIONS);
        }
        options.remove(at);
        return Arrays.stream(options.remove(at).split(",", -1));
    }

    private static void measure(Set<Question> questions, Extent extent) throws Exception {
        try (Stage stage = Stage.set()) {
            for (Question question : questions) {
                switch (question) {
                    case PATHS -> System.out.println(RequestCost.table(stage, Mode.PATH, extent));
                    case SUBDOMAINS -> System.out.println(RequestCost.table(stage, Mode.SUBDOMAIN, extent));
                    case RELOADS -> TimeToLive.tables(stage, extent).forEach(System.out::println);
                    case BURSTS -> System.out.println(Bursts.table(stage, extent));
                    case SHAPES -> System.out.println(Shapes.table(stage, extent));
                }
            }
        }
    }
}
