package io.a64.proxy.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is certain of NGINX's workers when a change is live. Numbers are those of the traps in the research on NGINX. */
@RequiresService(Service.NGINX)
final class ReloadProofTest extends NginxFixture {

    /** Returns the titles of the master's children. */
    private Map<Long, String> workers() throws IOException {
        Path children = Path.of(
                "/proc/" + nginx.process().pid() + "/task/" + nginx.process().pid() + "/children");
        return Stream.of(Files.readString(children).split(" "))
                .filter(pid -> !pid.isBlank())
                .collect(Collectors.toMap(Long::valueOf, ReloadProofTest::title));
    }

    private static String title(String pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "gone";
        }
    }

    private List<Long> accepting() throws IOException {
        return workers().entrySet().stream()
                .filter(worker -> worker.getValue().equals("nginx: worker process"))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("trap 37: when a change is live, none of the workers that accept connections is one of before")
    void noOldWorkerAccepts() throws IOException {
        for (int generation = 1; generation <= 4; generation++) {
            List<Long> before = accepting();

            writer.publish(route("shop", generation), soon());

            assertThat(accepting()).isNotEmpty().doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    @DisplayName(
            "trap 40: many reloads leave as many workers as there were, and nothing for the operator to worry about")
    void asManyWorkersAsBefore() throws Exception {
        int before = Runtime.getRuntime().availableProcessors(); // worker_processes auto
        for (int generation = 1; generation <= 6; generation++) {
            writer.publish(route("shop", generation), soon());
        }

        Deadline deadline = soon();
        while (workers().size() != before && deadline.pause(Duration.ofMillis(20))) {
            assertThat(accepting()).as("workers that accept").hasSizeLessThanOrEqualTo(before);
        }

        assertThat(workers()).hasSize(before);
        assertThat(prefix.resolve("error.log")).content().doesNotContain("[alert]", "[emerg]", "[crit]", "[error]");
    }
}
