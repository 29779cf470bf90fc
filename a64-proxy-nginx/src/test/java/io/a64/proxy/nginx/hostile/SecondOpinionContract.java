package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader of configurations that somebody else wrote looks at ours. One that overlooks planted mistakes is no reader. */
abstract class SecondOpinionContract {

    @TempDir
    private Path directory;

    /** Returns what it has against a main configuration and all that is included, naming the file and the thing. */
    abstract List<String> complaints(Path prefix) throws Exception;

    /** Returns a location that it has to complain about, and the word by which it does. */
    abstract Plant plant();

    /**
     * A mistake.
     *
     * @param text what is written
     * @param complaint what has to be among the complaints
     */
    record Plant(String text, String complaint) {}

    @ParameterizedTest
    @EnumSource
    void has_nothing_against_all_that_we_can_write(Shape shape) throws Exception {
        FullConfiguration.write(shape, directory);

        assertThat(complaints(directory)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.conf", "own/rich.conf", "own/raw.conf"})
    void notices_what_is_planted_in(String file) throws Exception {
        FullConfiguration.write(Shape.MAPS, directory);
        Path planted = DumpedConfiguration.home(directory).resolve("gen-1").resolve(file);
        Files.writeString(planted, Files.readString(planted) + plant().text());

        assertThat(complaints(directory)).anyMatch(complaint -> complaint.contains(plant().complaint()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.conf"})
    void notices_what_is_planted_outside_of_servers_in(String file) throws Exception {
        FullConfiguration.write(Shape.MAPS, directory);
        Path planted = DumpedConfiguration.home(directory).resolve("gen-1").resolve(file);
        Files.writeString(planted, Files.readString(planted) + "server {" + plant().text() + "}");

        assertThat(complaints(directory)).anyMatch(complaint -> complaint.contains(plant().complaint()));
    }
}
