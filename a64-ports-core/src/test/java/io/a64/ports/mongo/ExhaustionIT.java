package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many processes, and fewer ports than they want. */
@Timeout(300)
@RequiresService(Service.MONGODB)
class ExhaustionIT extends RegistryCases {
    private static final int PROCESSES = 4;
    private static final int PORTS = 200;
    /**
     * A claim; then three times at most a take of the lowest port, which is two commands more if there may be documents to
     * add, and one if there are; a sweep and a look, the holders, the counts. Whoever spins needs more.
     */
    private static final int MOST_COMMANDS = 20;

    private static final int MOST_CPU_MILLIS = 2000;

    /** What a thread of a contender printed of one request. */
    private record Result(boolean granted, int commands, long cpuMillis, String text) {
        static Result of(String line) {
            String[] words = line.split(" ", 4);
            return new Result(
                    words[0].equals("granted"), Integer.parseInt(words[1]), Long.parseLong(words[2]), words[3]);
        }
    }

    @Test
    @DisplayName(
            "case 8: 16 threads in each of 4 processes get all of 200 ports once; the others are told, and none spins")
    void sixtyFourThreadsOnTwoHundredPorts() throws IOException {
        List<Result> results = contend();
        List<Result> granted = results.stream().filter(Result::granted).toList();
        List<Result> refused =
                results.stream().filter(result -> !result.granted()).toList();

        assertThat(results).hasSize(PROCESSES * Contender.THREADS * Contender.REQUESTS);
        assertThat(granted)
                .extracting(result -> Integer.parseInt(result.text()))
                .containsExactlyInAnyOrderElementsOf(from(FIRST, PORTS));
        assertThat(refused)
                .hasSize(results.size() - PORTS)
                .allSatisfy(result -> assertThat(result.text())
                        .startsWith(
                                "EXHAUSTED ports exhausted: 1 wanted, 0 free in 9000-9199 (200 ports, 200 allocated"));
        System.out.println(
                "most commands of a granted request " + most(granted) + ", of a refused one " + most(refused));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.commands()).isLessThanOrEqualTo(MOST_COMMANDS);
            assertThat(result.cpuMillis()).isLessThan(MOST_CPU_MILLIS);
        });
        assertThat(active()).hasSize(PORTS);
    }

    private static int most(List<Result> results) {
        return results.stream().mapToInt(Result::commands).max().orElse(0);
    }

    private List<Result> contend() throws IOException {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(ChildJvm.start(
                        Contender.class,
                        Service.mongodbUri(),
                        mongo.database().getName(),
                        ports(PORTS).range().toString(),
                        "process-" + i));
            }
            for (Process process : processes) {
                assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
                        .isEqualTo("ready");
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            return processes.stream()
                    .flatMap(ExhaustionIT::lines)
                    .map(Result::of)
                    .toList();
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static Stream<String> lines(Process process) {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        return reader.lines();
    }
}
