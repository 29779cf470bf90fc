package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.container.docker.FakeEngine.Reply;
import io.a64.container.hostports.PortProbe;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From where the ports of an engine are seen, and who is named; with an engine of the test's own. */
@Timeout(30)
final class OccupiedPortsTest {

    private static final String ID = "ab".repeat(32);
    private static final String ADDRESS = "172.18.0.3";

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private ServerSocket listener;
    private String running = "[]";
    private String networkMode = "platform";

    @BeforeEach
    void listen() throws IOException {
        engine = new FakeEngine(folder, FakeEngine.speaking("1.24", "1.41", this::answer));
        listener = new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        engine.close();
    }

    @Test
    void the_container_that_publishes_a_port_is_named() {
        running = container("/shop", port(), "tcp");

        assertThat(seenFrom(TestDocker.notInAContainer()))
                .containsExactly(Map.entry(port(), "container shop (abababababab)"));
    }

    @Test
    void a_port_that_no_container_publishes_is_a_process_s() {
        running = container("/shop", port() + 1, "tcp");

        assertThat(seenFrom(TestDocker.notInAContainer()))
                .hasEntrySatisfying(
                        port(),
                        evidence -> assertThat(evidence)
                                .contains("(pid " + ProcessHandle.current().pid() + ")"));
    }

    @Test
    void a_container_that_publishes_the_udp_port_of_that_number_is_not_blamed() {
        running = container("/shop", port(), "udp");

        assertThat(seenFrom(TestDocker.notInAContainer()))
                .hasEntrySatisfying(port(), evidence -> assertThat(evidence).startsWith("process"));
    }

    @Test
    void the_publisher_of_a_udp_port_is_named_where_udp_is_asked_for() throws IOException {
        listener.close();
        try (DatagramSocket socket = new DatagramSocket(port(), InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            running = container("/shop", port(), "udp");

            assertThat(seen(settings().withPortProbe(PortProbe.TCP_AND_UDP), TestDocker.notInAContainer()))
                    .containsExactly(Map.entry(port(), "container shop (abababababab)"));
            assertThat(seenFrom(TestDocker.notInAContainer())).isEmpty();
        }
    }

    @Test
    void a_container_without_ports_in_the_list_is_passed_over() {
        running = "[{\"Id\":\"" + ID + "\",\"Names\":[\"/quiet\"]}]";

        assertThat(seenFrom(TestDocker.notInAContainer())).containsOnlyKeys(port());
    }

    @Test
    void the_engine_is_not_asked_while_all_ports_are_free() throws IOException {
        listener.close();

        assertThat(seenFrom(TestDocker.notInAContainer())).isEmpty();

        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void from_a_container_with_a_network_of_its_own_nothing_is_seen() throws IOException {
        assertThat(seenFrom(inContainer())).isEmpty();
    }

    @Test
    void from_a_container_on_the_host_s_network_ports_are_seen() throws IOException {
        networkMode = "host";

        assertThat(seenFrom(inContainer())).containsOnlyKeys(port());
    }

    @Test
    void an_engine_on_another_machine_is_not_asked_and_nothing_is_looked_at() {
        assertThat(seen(settings().withHost("tcp://192.0.2.1:2375"), TestDocker.notInAContainer()))
                .isEmpty();
    }

    @Test
    void without_an_engine_the_process_is_named_on_a_machine() throws IOException {
        engine.close();

        assertThat(seenFrom(TestDocker.notInAContainer()))
                .hasEntrySatisfying(port(), evidence -> assertThat(evidence).startsWith("process"));
    }

    @Test
    void without_an_engine_nothing_is_known_where_this_may_be_a_container() throws IOException {
        engine.close();

        assertThat(seenFrom(inContainer())).isEmpty();
    }

    @Test
    void an_engine_that_hangs_is_left_by_the_deadline_and_the_port_still_reported() {
        engine.behave(request -> Reply.SILENCE);

        assertThat(seen(settings(), TestDocker.notInAContainer(), Deadline.after(Duration.ofSeconds(1))))
                .containsOnlyKeys(port());
    }

    @Test
    void an_engine_that_refuses_costs_its_word_only() {
        engine.behave(request -> Reply.json(500, "{\"message\":\"no\"}"));

        assertThat(seenFrom(TestDocker.notInAContainer()))
                .hasEntrySatisfying(port(), evidence -> assertThat(evidence).startsWith("process"));
    }

    @Test
    void nothing_is_looked_at_if_that_is_the_setting() {
        assertThat(seen(settings().withPortProbe(PortProbe.NONE), TestDocker.notInAContainer()))
                .isEmpty();
        assertThat(engine.requests()).isEmpty();
    }

    private Reply answer(String request) {
        if (request.contains("/containers/json")) {
            return Reply.json(200, running);
        }
        return request.contains(ID)
                ? Reply.json(
                        200,
                        "{\"Id\":\"" + ID + "\",\"State\":{\"Running\":true},\"HostConfig\":{\"NetworkMode\":\""
                                + networkMode + "\"},\"NetworkSettings\":{\"Networks\":{\"platform\":"
                                + "{\"NetworkID\":\"n\",\"IPAddress\":\"" + ADDRESS + "\"}}}}")
                : Reply.json(404, "{\"message\":\"No such container\"}");
    }

    private static String container(String name, int publicPort, String type) {
        return "[{\"Id\":\"" + ID + "\",\"Names\":[\"" + name + "\"],\"Ports\":[{\"IP\":\"127.0.0.1\","
                + "\"PrivatePort\":8080,\"PublicPort\":" + publicPort + ",\"Type\":\"" + type
                + "\"},{\"PrivatePort\":9090,\"Type\":\"tcp\"}]}]";
    }

    private OwnContainer inContainer() throws IOException {
        Path self = Files.createDirectories(folder.resolve("root/proc/self"));
        Files.writeString(self.resolve("cgroup"), "12:cpuset:/docker/" + ID + "\n");
        return new OwnContainer(new OwnContainerId(folder.resolve("root")), () -> Set.of(ADDRESS));
    }

    private int port() {
        return listener.getLocalPort();
    }

    private DockerRuntimeSettings settings() {
        return DockerRuntimeSettings.defaults().withHost(engine.host());
    }

    private Map<Integer, String> seenFrom(OwnContainer place) {
        return seen(settings(), place);
    }

    private Map<Integer, String> seen(DockerRuntimeSettings settings, OwnContainer place) {
        return seen(settings, place, Deadline.after(Duration.ofSeconds(10)));
    }

    private Map<Integer, String> seen(DockerRuntimeSettings settings, OwnContainer place, Deadline deadline) {
        try (DockerContainerRuntime runtime = new DockerContainerRuntime(settings, place, "a64")) {
            return runtime.occupied(List.of(port()), deadline);
        }
    }
}
