package io.a64.container.hostports;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the system's tables, with a {@code /proc} of the test's own. */
@Timeout(30)
final class HostPortsTest {

    private static final String HEADINGS =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String LISTENER =
            "   0: 0100007F:2328 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0 100\n";
    private static final String CONNECTION =
            "   1: 0100007F:2328 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 20\n";
    private static final String TIME_WAIT =
            "   2: 0100007F:2328 0100007F:1F90 06 00000000:00000000 03:00001388 00000000     0        0 0 3 0\n";
    private static final String OTHER_PORT =
            "   3: 0100007F:2329 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0 100\n";
    private static final String ON_IPV6 =
            "   0: 00000000000000000000000001000000:2328 00000000000000000000000000000000:0000 0A"
                    + " 00000000:00000000 00:00000000 00000000     0        0 4714 1 0 100\n";
    private static final int PORT = 0x2328;
    private static final Map<Integer, Transport> TAKEN = Map.of(PORT, Transport.TCP);

    @TempDir
    private Path proc;

    @Test
    void the_owner_of_a_listener_is_found_by_its_descriptor() throws IOException {
        table("tcp", OTHER_PORT, LISTENER);
        process(12, "other", "socket:[99]", "pipe:[1]");
        process(77, "nginx", "pipe:[1]", "socket:[4711]");

        assertThat(line()).isEqualTo("process nginx (pid 77) listens on 127.0.0.1:9000");
    }

    @Test
    void of_processes_that_share_a_socket_the_first_is_named() throws IOException {
        table("tcp", LISTENER);
        process(100, "worker", "socket:[4711]");
        process(99, "master", "socket:[4711]");

        assertThat(line()).contains("process master (pid 99)");
    }

    @Test
    void a_listener_tells_more_than_its_connections_wherever_it_stands() throws IOException {
        table("tcp", TIME_WAIT, CONNECTION);
        table("tcp6", ON_IPV6);

        assertThat(line()).endsWith("listens on [::1]:9000");
    }

    @Test
    void a_process_that_may_not_be_looked_at_is_told_by_its_user() throws IOException {
        table("tcp", LISTENER);

        assertThat(line()).isEqualTo("a process of user id 1000 that could not be looked at listens on 127.0.0.1:9000");
    }

    @Test
    void a_process_that_ends_meanwhile_is_no_obstacle() throws IOException {
        table("tcp", LISTENER);
        Files.createDirectories(proc.resolve("5"));
        process(77, "nginx", "socket:[4711]");
        Files.delete(proc.resolve("77/comm"));

        assertThat(line()).startsWith("process that has ended (pid 77)");
    }

    @Test
    void a_name_of_a_process_cannot_drive_a_terminal() throws IOException {
        table("tcp", LISTENER);
        process(77, "a\u001b[31m b", "socket:[4711]");

        assertThat(line()).startsWith("process a?[31m b (pid 77)");
    }

    @Test
    void lines_that_are_none_are_passed_over() throws IOException {
        table(
                "tcp",
                "\n",
                "nonsense: :\n",
                "   0: 0100007F:2328 00000000:0000\n",
                "   0: XX:2328 0:0 0A 0 0 0 0 0 0\n");

        assertThat(line()).isEqualTo("something; the system does not tell what");
    }

    @Test
    void without_any_table_it_is_something() {
        assertThat(line()).isEqualTo("something; the system does not tell what");
    }

    @Test
    void a_table_that_cannot_be_read_is_one_source_less() throws IOException {
        Files.createDirectories(proc.resolve("net/tcp"));
        table("tcp6", ON_IPV6);

        assertThat(line()).contains("[::1]:9000");
    }

    @Test
    void a_huge_table_is_read_no_further_than_the_deadline() throws IOException {
        table("tcp", String.join("", Collections.nCopies(100_000, OTHER_PORT)), LISTENER);

        assertThat(linesBy(Deadline.after(Duration.ZERO)))
                .containsExactly(Map.entry(PORT, "something; the system does not tell what"));
        assertThat(line()).contains("127.0.0.1:9000");
    }

    @Test
    void an_interrupt_ends_the_search_for_evidence_and_stays_visible() throws IOException {
        table("tcp", LISTENER);
        process(77, "nginx", "socket:[4711]");
        Thread.currentThread().interrupt();

        SortedMap<Integer, String> lines = linesBy(TestPorts.soon());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines).containsExactly(Map.entry(PORT, "something; the system does not tell what"));
    }

    @Test
    void who_is_blind_to_ipv6_sees_its_listeners_in_the_tables_and_no_connection() throws IOException {
        int port = TestPorts.free();
        table("tcp6", ON_IPV6.replace("2328", hex(port)), CONNECTION.replace("2328", hex(port + 1)));

        assertThat(hostPorts(true).taken(List.of(port, port + 1), TestPorts.soon()))
                .containsExactly(Map.entry(port, Transport.TCP));
        assertThat(hostPorts(false).taken(List.of(port), TestPorts.soon())).isEmpty();
    }

    @Test
    void the_tables_are_not_read_for_ports_that_are_free() throws IOException {
        int port = TestPorts.free();
        table("tcp", LISTENER.replace("2328", hex(port)));

        assertThat(hostPorts(false).occupied(List.of(port), TestPorts.soon())).isEmpty();
    }

    @Test
    void nothing_is_looked_at_if_that_is_the_setting() throws IOException {
        try (ServerSocket listener = new ServerSocket(TestPorts.free(), 1, TestPorts.LOOPBACK)) {
            assertThat(TestPorts.occupied(PortProbe.NONE, listener.getLocalPort()))
                    .isEmpty();
        }
    }

    @Test
    void a_thousand_listeners_around_do_not_hide_one() throws IOException {
        List<ServerSocket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                crowd.add(new ServerSocket(0, 1, TestPorts.LOOPBACK));
            }
            int last = crowd.get(crowd.size() - 1).getLocalPort();

            assertThat(TestPorts.occupied(PortProbe.TCP, last).get(last))
                    .contains("(pid " + ProcessHandle.current().pid() + ")");
        } finally {
            for (ServerSocket socket : crowd) {
                socket.close();
            }
        }
    }

    private String line() {
        return linesBy(TestPorts.soon()).get(PORT);
    }

    private SortedMap<Integer, String> linesBy(Deadline deadline) {
        return hostPorts(false).holders(new TreeMap<>(TAKEN), deadline);
    }

    private HostPorts hostPorts(boolean blindToIpv6) {
        return new HostPorts(PortProbe.TCP, TestPorts.LOOPBACK, proc, () -> blindToIpv6);
    }

    private static String hex(int port) {
        return String.format("%04X", port);
    }

    private void table(String name, String... lines) throws IOException {
        Path net = Files.createDirectories(proc.resolve("net"));
        Files.writeString(net.resolve(name), HEADINGS + String.join("", lines));
    }

    private void process(int pid, String name, String... descriptors) throws IOException {
        Path folder =
                Files.createDirectories(proc.resolve(Integer.toString(pid)).resolve("fd"));
        Files.writeString(folder.resolveSibling("comm"), name + "\n");
        for (int i = 0; i < descriptors.length; i++) {
            Files.createSymbolicLink(folder.resolve(Integer.toString(i)), Path.of(descriptors[i]));
        }
    }
}
