package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.ContainerException;
import io.a64.proxy.spi.CommandResult;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresService(Service.NGINX_IMAGE)
final class DockerCommandRunnerTest {

    private static final Path SEEN_AT = Path.of("/srv/routes");

    @TempDir
    private static Path folder;

    private static NginxContainer nginx;
    private static DockerCommandRunner runner;

    @BeforeAll
    static void startNginx() {
        nginx = NginxContainer.published(folder, SEEN_AT);
        runner = nginx.runner();
    }

    @AfterAll
    static void removeNginx() {
        runner.close();
        nginx.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    private static CommandResult shell(String script) {
        return runner.run(List.of("/bin/sh", "-c", script), soon());
    }

    private static ContainerException failure(ThrowingCallable call) {
        return catchThrowableOfType(ContainerException.class, call);
    }

    @Test
    @DisplayName("both outputs are told apart, and the exit code is the command's")
    void outputs() {
        CommandResult result = shell("echo out; echo err >&2; exit 3");

        assertThat(result).isEqualTo(new CommandResult(3, "out\n", "err\n"));
    }

    @Test
    @DisplayName("arguments arrive as they are, whatever a shell would make of them")
    void arguments() {
        CommandResult result =
                runner.run(List.of("/bin/sh", "-c", "printf %s \"$1\"", "sh", "a b;$(id)'\"\\*"), soon());

        assertThat(result.output()).isEqualTo("a b;$(id)'\"\\*");
    }

    @Test
    @DisplayName("bytes that are no text of any encoding come through as they are")
    void bytes() {
        assertThat(shell("printf '\\377\\000\\n\\303\\244'").output()).isEqualTo("\u00ff\0\n\u00c3\u00a4");
    }

    @Test
    @DisplayName("output of a megabyte comes whole")
    void muchOutput() {
        assertThat(shell("head -c 1000000 /dev/zero").output()).hasSize(1_000_000);
    }

    @Test
    @DisplayName("a program that is not there is exit code 127")
    void missingProgram() {
        assertThat(runner.run(List.of("no-such-program"), soon()).exitCode()).isEqualTo(127);
    }

    @Test
    @DisplayName("a command that hangs is left at the deadline, and killed in the container")
    void hangingCommand() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(1));

        ContainerException failure = failure(() -> runner.run(List.of("sleep", "47"), deadline));

        assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        await("the end of the command")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(shell("for p in /proc/[0-9]*/cmdline; do cat $p 2>/dev/null; echo; done")
                                        .output())
                                .doesNotContain("sleep\00047"));
    }

    @Test
    @DisplayName("a directory of this machine is seen where its volume is mounted, also what is not there yet")
    void asSeen() {
        Path shared = nginx.settings().configDirectory();

        assertThat(runner.asSeen(shared, soon())).isEqualTo(SEEN_AT);
        assertThat(runner.asSeen(shared.resolve("a64/gen-1"), soon())).isEqualTo(SEEN_AT.resolve("a64/gen-1"));
    }

    @Test
    @DisplayName("a directory that is known by a link is found, a link that is asked for is not followed")
    void asSeenThroughLinks() throws IOException {
        Path shared = nginx.settings().configDirectory();
        Path link = Files.createSymbolicLink(folder.resolve("link"), shared);
        Files.createSymbolicLink(shared.resolve("inner"), Path.of("elsewhere"));

        assertThat(runner.asSeen(link.resolve("x"), soon())).isEqualTo(SEEN_AT.resolve("x"));
        assertThat(runner.asSeen(shared.resolve("inner"), soon())).isEqualTo(SEEN_AT.resolve("inner"));
    }

    @Test
    @DisplayName("a directory that no volume brings into the container is refused by name")
    void notShared() {
        assertThat(failure(() -> runner.asSeen(Path.of("/var/tmp"), soon())))
                .hasMessageContainingAll("/var/tmp", nginx.name(), "mount");
    }

    @Test
    @DisplayName("a published port is reached where it is published, another one at the container's own address")
    void reach() {
        int port = Integer.parseInt(nginx.settings().listen());

        assertThat(runner.reach("127.0.0.1", port, soon())).isEqualTo("127.0.0.1:" + port);
        assertThat(runner.reach("127.0.0.1", 1, soon())).matches("172\\..*:1");
    }

    @Test
    @DisplayName("the container's error output shows what NGINX has said")
    void errorTail() {
        assertThat(runner.errorTail(50, soon())).anyMatch(line -> line.contains("start worker process"));
    }

    @Test
    @DisplayName("a container that does not exist is unavailable, and named")
    void noContainer() {
        try (DockerCommandRunner other = new DockerCommandRunner(
                "a64-nowhere",
                DockerRuntimeSettings.defaults().withHost(Service.dockerHost()),
                TestDocker.notInAContainer())) {
            ContainerException failure = failure(() -> other.run(List.of("true"), soon()));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("a64-nowhere");
            assertThat(failure(() -> other.asSeen(folder, soon())).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }
}
