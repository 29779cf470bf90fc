package io.a64.examples.benchmarks.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sees that the benchmark works. Numbers of round trips are facts; times are never looked at. */
@RequiresService(Service.MONGODB)
final class PortBenchmarkTest {

    @Test
    void theQuickRunAnswersEveryQuestion() throws Exception {
        String printed = printedBy("--quick");

        assertThat(printed)
                .contains("Throughput of allocate()", "Memory of an allocator", "Latency of allocate()", "statistics()")
                .as("an install takes two round trips and a release one, however full the registry is")
                .containsPattern("\\| 0\\.0 % \\| 1 \\| 1 / .* \\| 2 / .* \\| 1 / ")
                .containsPattern("\\| 99\\.0 % \\| 3 \\| 1 / .* \\| 2 / .* \\| 1 / ")
                .as("processes that compete hold no port twice and leak none")
                .containsPattern("fill an empty registry, 1 port each \\| 80 \\| .* \\| 0 \\| 0 \\|")
                .containsPattern("fill an empty registry, 3 ports each \\| 80 \\| .* \\| 0 \\| 0 \\|")
                .containsPattern("take and give back 1 of the last 32 \\| 80 \\| .* \\| 0 \\| 0 \\|");
    }

    @Test
    void theProfileSetsOursBesideTheFloor() throws Exception {
        assertThat(printedBy("--quick", "--profile"))
                .contains("| floor | ", "| floor with our fields and indexes | ", "| ours | ")
                .contains("| the server's answer | ");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> printedBy("--slow"))
                .withMessageContaining("--slow");
    }

    private static String printedBy(String... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            PortBenchmark.main(arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
