package io.a64.examples.benchmarks.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sees that the benchmark works, as far as it needs no program besides NGINX. Times are never looked at. */
@RequiresService(Service.NGINX)
final class RoutesBenchmarkTest {

    @Test
    void theQuickRunComparesAChangeToReloadsByHand() throws Exception {
        assertThat(printedBy("--quick", "--only", "reloads"))
                .contains("by hand: reload", "÷ bare, old retired", "written per change")
                .containsPattern("(?m)^\\| 10 \\| [0-9]+ / [0-9]+ \\| [0-9]+ / [0-9]+ \\| [0-9]+ \\|$");
    }

    @Test
    void noChangeOfABurstIsLost() throws Exception {
        assertThat(printedBy("--quick", "--only", "bursts"))
                .containsPattern("\\| 100 from 50 threads at once \\| [0-9]+ \\| 3 \\| 50 of 50 \\|")
                .containsPattern("\\| 100 spread over 2 s \\| [0-9]+ \\| 5 \\| 100 of 100 \\|")
                .containsPattern("\\| 2 processes × 50 changes.* \\| 100 of 100 \\|");
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
            RoutesBenchmark.main(arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
