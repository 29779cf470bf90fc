package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cases that a port registry has to stand are numbered; the name of a test that proves one begins with its number. */
class CaseNumbersTest {
    private static final int LAST = 49;
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern CASE = Pattern.compile("\"case ([0-9]+): ");

    @Test
    void everyNumberHasATest() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            SortedSet<Integer> proved = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> CASE.matcher(text(file)).results())
                    .map(CaseNumbersTest::number)
                    .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);

            assertThat(proved)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, LAST).boxed().toList());
        }
    }

    private static int number(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
