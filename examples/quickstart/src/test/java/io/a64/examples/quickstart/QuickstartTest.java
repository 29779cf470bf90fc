package io.a64.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuickstartTest {

    @Test
    void onceItDeploysAsksAndUndeploysEveryModule() throws InterruptedException {
        String printed = printedBy(
                "--module",
                "one",
                "--module",
                "two",
                "--once",
                "--set",
                "a64.router.port=0",
                "--set",
                "a64.ports.range=25000-25009");

        assertThat(printed)
                .contains("one is live at http://localhost:25000", "two is live at http://localhost:25001")
                .containsPattern("GET http://127.0.0.1:[0-9]+/two/ -> 200 \\{\"module\":\"two\"")
                .contains("Undeployment[module=two, releasedPorts=[25001]]");
    }

    private static String printedBy(String... arguments) throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anUnknownOptionOrOneWithoutItsValueIsRefused() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Options.parse(List.of("--nonsense")))
                .withMessageContaining("--nonsense");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Options.parse(List.of("--docker")))
                .withMessage("--docker must be followed by a value");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Options.parse(List.of("--set", "novalue")));
    }

    @Test
    void optionsSwitchEachPartToTheRealThing() {
        Options options = Options.parse(
                List.of("--mongodb", "mongodb://h/db", "--docker", "unix:///s", "--nginx", "/d", "--set", "a.b=c=d"));

        assertThat(List.of(options.registry(), options.runtime(), options.routes()))
                .containsExactly("mongodb", "docker", "nginx");
        assertThat(options.settings())
                .containsEntry("a64.mongodb.uri", "mongodb://h/db")
                .containsEntry("a64.docker.host", "unix:///s")
                .containsEntry("a64.nginx.config-dir", "/d")
                .containsEntry("a.b", "c=d");
    }
}
