package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerSpec;
import io.a64.container.Resources;
import io.a64.container.docker.FakeEngine.Reply;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are away, hang, speak another version or something else altogether. */
@Timeout(30)
final class EngineOutageTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final List<DockerContainerRuntime> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(DockerContainerRuntime::close);
    }

    @Test
    void no_socket_is_unavailable_with_a_hint_until_the_engine_is_there() throws IOException {
        DockerContainerRuntime runtime = connect("unix://" + folder.resolve("fake.sock"));

        ContainerException failure = failure(() -> runtime.list(deadline()));
        assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("fake.sock").hasMessageContaining("a64.docker.host");

        try (FakeEngine engine = emptyEngine()) {
            assertThat(runtime.list(deadline())).isEmpty();
            assertThat(engine.requests()).isNotEmpty();
        }
    }

    @Test
    void a_socket_that_nobody_listens_on_is_unavailable() throws IOException {
        Path socket = folder.resolve("stale.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        DockerContainerRuntime runtime = connect("unix://" + socket);

        assertThat(failure(() -> runtime.ping(deadline())).problem()).isEqualTo(Problem.UNAVAILABLE);
    }

    @Test
    void a_plain_file_is_unavailable() throws IOException {
        DockerContainerRuntime runtime = connect("unix://" + Files.createFile(folder.resolve("plain")));

        assertThat(failure(() -> runtime.list(deadline())).problem()).isEqualTo(Problem.UNAVAILABLE);
    }

    @Test
    void a_closed_tcp_port_is_unavailable() {
        DockerContainerRuntime runtime = connect("tcp://127.0.0.1:" + FreePort.find());

        assertThat(failure(() -> runtime.list(deadline())).problem()).isEqualTo(Problem.UNAVAILABLE);
    }

    @Test
    void what_is_no_engine_is_said_to_be_none() throws IOException {
        try (FakeEngine engine = new FakeEngine(folder, request -> Reply.json(200, "<html>hello</html>"))) {
            DockerContainerRuntime runtime = connect(engine.host());

            assertThat(failure(() -> runtime.list(deadline()))).hasMessageContaining("no Docker engine");
        }
    }

    @Test
    void an_engine_that_accepts_and_never_answers_is_left_at_the_deadline_and_used_again_later() throws IOException {
        try (FakeEngine engine = new FakeEngine(folder, request -> Reply.SILENCE)) {
            DockerContainerRuntime runtime = connect(engine.host());

            assertThat(timed(() -> runtime.list(Deadline.after(SHORT)))).isEqualTo(Problem.OUTCOME_UNKNOWN);
            assertThat(timed(() -> runtime.status("x", Deadline.after(SHORT)))).isEqualTo(Problem.OUTCOME_UNKNOWN);

            engine.behave(FakeEngine.speaking("1.12", "1.41", request -> Reply.json(200, "[]")));
            assertThat(runtime.list(deadline())).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void a_command_is_left_at_the_deadline_when_the_engine_hangs_before_or_while_it_runs() throws IOException {
        try (FakeEngine engine = new FakeEngine(folder, request -> Reply.SILENCE);
                DockerCommandRunner runner = new DockerCommandRunner(
                        "proxy",
                        DockerRuntimeSettings.defaults().withHost(engine.host()),
                        TestDocker.notInAContainer())) {
            assertThat(timed(() -> runner.run(List.of("true"), Deadline.after(SHORT))))
                    .isEqualTo(Problem.OUTCOME_UNKNOWN);
            assertThat(timed(() -> runner.asSeen(folder, Deadline.after(SHORT))))
                    .isEqualTo(Problem.OUTCOME_UNKNOWN);
            assertThat(timed(() -> runner.reach("127.0.0.1", 80, Deadline.after(SHORT))))
                    .isEqualTo(Problem.OUTCOME_UNKNOWN);

            engine.behave(FakeEngine.speaking(
                    "1.12",
                    "1.41",
                    request -> request.endsWith("/start")
                            ? new Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                            : Reply.json(201, "{\"Id\":\"e1\"}")));
            assertThat(timed(() -> runner.run(List.of("true"), Deadline.after(SHORT))))
                    .isEqualTo(Problem.OUTCOME_UNKNOWN);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void an_engine_that_stops_in_the_middle_of_an_answer_is_left_at_the_deadline() throws IOException {
        try (FakeEngine engine = new FakeEngine(folder, FakeEngine.speaking("1.12", "1.41", request -> Reply.half()))) {
            DockerContainerRuntime runtime = connect(engine.host());

            assertThat(timed(() -> runtime.list(Deadline.after(SHORT)))).isEqualTo(Problem.OUTCOME_UNKNOWN);
            assertThat(timed(() -> runtime.logTail("x", 5, Deadline.after(SHORT))))
                    .isEqualTo(Problem.OUTCOME_UNKNOWN);
            await().atMost(LONG).until(() -> threads("docker-java-stream") == 0);
        }
    }

    @Test
    void calls_that_were_left_do_not_use_up_the_workers() throws IOException {
        try (FakeEngine engine = new FakeEngine(folder, request -> Reply.SILENCE)) {
            DockerContainerRuntime runtime = connect(engine.host());
            for (int i = 0; i < Workers.MOST + 1; i++) {
                failure(() -> runtime.list(Deadline.after(Duration.ofMillis(10))));
            }

            engine.behave(FakeEngine.speaking("1.12", "1.41", request -> Reply.json(200, "[]")));
            assertThat(runtime.list(deadline())).isEmpty();
        }
    }

    @Test
    void silence_on_a_ping_means_unavailable() throws IOException {
        try (FakeEngine engine = new FakeEngine(folder, request -> Reply.SILENCE)) {
            DockerContainerRuntime runtime = connect(engine.host());

            assertThat(timed(() -> runtime.ping(Deadline.after(SHORT)))).isEqualTo(Problem.UNAVAILABLE);
        }
    }

    @Test
    void closing_ends_a_call_that_hangs() throws Exception {
        try (FakeEngine engine = new FakeEngine(folder, request -> Reply.SILENCE)) {
            DockerContainerRuntime runtime = connect(engine.host());
            Thread closer = new Thread(() -> {
                await().until(() -> !engine.requests().isEmpty());
                runtime.close();
            });
            closer.start();

            assertThat(failure(() -> runtime.list(deadline()))).hasMessageContaining("closed");

            closer.join();
            assertThat(failure(() -> runtime.list(deadline())).problem()).isEqualTo(Problem.UNAVAILABLE);
            await().atMost(LONG).until(() -> threads("a64-docker-") == 0);
        }
    }

    @Test
    void the_newest_version_that_both_sides_speak_is_used() throws IOException {
        try (FakeEngine engine =
                new FakeEngine(folder, FakeEngine.speaking("1.44", "1.52", request -> Reply.json(200, "[]")))) {
            DockerContainerRuntime runtime = connect(engine.host());

            runtime.list(deadline());

            assertThat(engine.requests()).first().isEqualTo("GET /version");
            assertThat(engine.requests()).last().asString().startsWith("GET /v1.51/containers/json");
        }
    }

    @Test
    void an_engine_that_is_too_old_is_refused_with_both_ranges() throws IOException {
        try (FakeEngine engine =
                new FakeEngine(folder, FakeEngine.speaking("1.12", "1.40", request -> Reply.json(200, "[]")))) {
            DockerContainerRuntime runtime = connect(engine.host());

            ContainerException failure = failure(() -> runtime.list(deadline()));

            assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("1.12 to 1.40").hasMessageContaining("1.41 to 1.51");
        }
    }

    @Test
    void an_engine_that_was_replaced_by_another_version_is_asked_again() throws IOException {
        try (FakeEngine engine = emptyEngine()) {
            DockerContainerRuntime runtime = connect(engine.host());
            runtime.list(deadline());

            engine.behave(FakeEngine.speaking(
                    "1.44",
                    "1.52",
                    request -> request.startsWith("GET /v1.41")
                            ? Reply.json(400, "client version 1.41 is too old. Minimum supported API version is 1.44")
                            : Reply.json(200, "[]")));

            assertThat(runtime.list(deadline())).isEmpty();
        }
    }

    @Test
    void connections_that_died_with_a_restart_are_not_noticed() throws IOException {
        try (FakeEngine engine = new FakeEngine(
                folder,
                FakeEngine.speaking(
                        "1.12",
                        "1.41",
                        request -> request.startsWith("POST") ? new Reply("HTTP/1.1 304 X\r\n\r\n") : missing()))) {
            DockerContainerRuntime runtime = connect(engine.host());
            runtime.start("x", deadline());
            engine.dropConnections();

            runtime.start("x", deadline());

            assertThat(engine.requests())
                    .filteredOn(request -> request.startsWith("POST"))
                    .hasSize(2);
        }
    }

    @Test
    void a_container_whose_creation_was_given_up_is_removed_when_it_turns_up() throws IOException {
        String labels = "{\"io.a64.platform\":\"a64\",\"io.a64.module\":\"m\",\"io.a64.generation\":\"1\","
                + "\"io.a64.owner\":\"o\"}";
        String created = "{\"Id\":\"0f\",\"State\":{\"Status\":\"created\"},\"Config\":{\"Labels\":" + labels + "}}";
        try (FakeEngine engine = new FakeEngine(folder, FakeEngine.speaking("1.12", "1.41", request -> {
            if (request.startsWith("POST")) {
                return Reply.SILENCE;
            }
            return request.contains("/networks")
                    ? Reply.json(200, "[{\"Id\":\"n1\",\"Name\":\"a64\"}]")
                    : Reply.json(request.startsWith("GET") ? 200 : 204, request.startsWith("GET") ? created : "");
        }))) {
            DockerContainerRuntime runtime = connect(engine.host());

            assertThat(timed(() -> runtime.create(spec(), Deadline.after(SHORT))))
                    .isEqualTo(Problem.OUTCOME_UNKNOWN);

            await().atMost(LONG)
                    .until(() -> engine.requests().stream()
                            .anyMatch(request -> request.startsWith("DELETE /v1.41/containers/0f?")));
        }
    }

    private FakeEngine emptyEngine() throws IOException {
        return new FakeEngine(folder, FakeEngine.speaking("1.12", "1.41", request -> Reply.json(200, "[]")));
    }

    private static Reply missing() {
        return Reply.json(404, "{\"message\":\"No such container: x\"}");
    }

    private DockerContainerRuntime connect(String host) {
        DockerContainerRuntime runtime = new DockerContainerRuntime(
                DockerRuntimeSettings.defaults().withHost(host), TestDocker.notInAContainer(), Networks.OWN);
        opened.add(runtime);
        return runtime;
    }

    private static ContainerSpec spec() {
        return new ContainerSpec(
                "m",
                1,
                "o",
                "x:1",
                new TreeMap<>(Map.of(8080, 29_999)),
                Map.of(),
                Resources.unlimited(),
                Optional.empty());
    }

    /** Returns what went wrong, after seeing that the short deadline was kept. */
    private static Problem timed(ThrowingCallable call) {
        long start = System.nanoTime();
        Problem problem = failure(call).problem();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plusSeconds(2));
        return problem;
    }

    private static ContainerException failure(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ContainerException.class);
        return (ContainerException) thrown;
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private static Deadline deadline() {
        return Deadline.after(LONG);
    }
}
