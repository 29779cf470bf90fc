package io.a64.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a port registry and a proxy have to stand is numbered; the name of a test that proves one begins with its number. */
final class NumberedTestsTest {

    private static final Path ROOT = Path.of("..", "..");

    @ParameterizedTest
    @CsvSource({
        "case, 49, a64-ports-core/src/test/java",
        "trap, 50, a64-proxy-nginx/src/test/java;a64-proxy-spi/testkit/src/main/java;a64-proxy-spi/src/test/java"
    })
    void every_number_has_a_test(String word, int last, String rooms) {
        Pattern name = Pattern.compile("\"" + word + " ([0-9]+): ");

        SortedSet<Integer> proved = Stream.of(rooms.split(";"))
                .flatMap(room -> texts(ROOT.resolve(room)))
                .flatMap(text -> name.matcher(text).results())
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);

        assertThat(proved)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, last).boxed().toList());
    }

    private static Stream<String> texts(Path room) {
        try (Stream<Path> files = Files.walk(room)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(NumberedTestsTest::text)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
