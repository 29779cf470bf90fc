package io.a64.container.hostports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports that really belong to another process of this machine. */
@Timeout(60)
final class ForeignPortTest {

    private final int port = TestPorts.free();

    @Test
    @DisplayName("case 36: a listener of another process on 0.0.0.0 occupies its port and is named with its pid")
    void on_all_ipv4_addresses() throws IOException {
        assertListenerIsNamed("0.0.0.0", "0.0.0.0:" + port, "-Djava.net.preferIPv4Stack=true");
    }

    @Test
    @DisplayName("case 36: a listener of another process on all addresses of both kinds is named with its pid")
    void on_all_addresses() throws IOException {
        assertListenerIsNamed("0.0.0.0", "[::]:" + port);
    }

    @Test
    @DisplayName("case 36: a listener of another process on 127.0.0.2 occupies its port and is named with its pid")
    void on_another_address() throws IOException {
        assertListenerIsNamed("127.0.0.2", "127.0.0.2:" + port);
    }

    @Test
    @DisplayName("case 36: a listener of another process on ::1 occupies its port and is named with its pid")
    void on_ipv6_loopback() throws IOException {
        assertListenerIsNamed("::1", "[::1]:" + port);
    }

    private void assertListenerIsNamed(String address, String shown, String... options) throws IOException {
        try (ChildProcess holder = holder(List.of(options), "tcp", address, Integer.toString(port))) {
            assertThat(TestPorts.occupied(PortProbe.TCP, TestPorts.free(), port))
                    .containsOnlyKeys(port)
                    .containsEntry(port, "process java (pid " + holder.pid() + ") listens on " + shown);
        }
        assertThat(TestPorts.occupied(PortProbe.TCP, port)).isEmpty();
    }

    @Test
    @DisplayName("case 36: a UDP socket of another process occupies its port where UDP is asked for")
    void udp_where_asked() throws IOException {
        try (ChildProcess holder = holder("udp", "127.0.0.1", Integer.toString(port))) {
            assertThat(TestPorts.occupied(PortProbe.TCP_AND_UDP, port))
                    .containsEntry(
                            port, "process java (pid " + holder.pid() + ") has the UDP socket 127.0.0.1:" + port);
        }
    }

    @Test
    @DisplayName("case 36: a UDP socket of another process does not occupy its port where UDP is not asked for")
    void udp_where_not_asked() throws IOException {
        try (ChildProcess holder = holder("udp", "0.0.0.0", Integer.toString(port))) {
            assertThat(holder.pid()).isPositive();

            assertThat(TestPorts.occupied(PortProbe.TCP, port)).isEmpty();
        }
    }

    @Test
    @DisplayName("case 36: a connection of another process occupies its source port and is named with its pid")
    void outbound_source_port() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, TestPorts.LOOPBACK);
                ChildProcess holder =
                        holder("from", Integer.toString(port), "to", Integer.toString(server.getLocalPort()))) {
            assertThat(TestPorts.occupied(PortProbe.TCP, port))
                    .containsEntry(
                            port, "process java (pid " + holder.pid() + ") has a connection from 127.0.0.1:" + port);
        }
    }

    @Test
    @DisplayName("case 36: a closed connection (TIME_WAIT) occupies its source port, and nobody is blamed")
    void outbound_source_port_in_time_wait() throws IOException {
        TestPorts.leaveInTimeWait(TestPorts.free(), port, false);

        assertThat(TestPorts.occupied(PortProbe.TCP, port))
                .hasEntrySatisfying(port, evidence -> assertThat(evidence).contains("closed connection", "TIME_WAIT"));
    }

    @Test
    @DisplayName("case 36: a port whose own listener has closed is free while its connections are in TIME_WAIT")
    void own_listener_in_time_wait() throws IOException {
        TestPorts.leaveInTimeWait(port, TestPorts.free(), true);

        assertThat(TestPorts.occupied(PortProbe.TCP_AND_UDP, port)).isEmpty();
        try (ServerSocket again = new ServerSocket(port, 1, TestPorts.LOOPBACK)) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    @DisplayName("case 36: of several ports those that are taken are named, each with its own process")
    void several_ports() throws IOException {
        int other = TestPorts.free();
        try (ChildProcess first = holder("tcp", "127.0.0.1", Integer.toString(port));
                ChildProcess second = holder("tcp", "0.0.0.0", Integer.toString(other))) {
            assertThat(TestPorts.occupied(PortProbe.TCP_AND_UDP, port, TestPorts.free(), other))
                    .containsOnlyKeys(port, other)
                    .hasEntrySatisfying(port, evidence -> assertThat(evidence).contains("(pid " + first.pid() + ")"))
                    .hasEntrySatisfying(other, evidence -> assertThat(evidence).contains("(pid " + second.pid() + ")"));
        }
    }

    private static ChildProcess holder(String... arguments) throws IOException {
        return holder(List.of(), arguments);
    }

    private static ChildProcess holder(List<String> options, String... arguments) throws IOException {
        ChildProcess holder = ChildProcess.java(PortHolder.class, options, arguments);
        String line = holder.nextLine();
        assumeTrue(!line.contains("assign requested address"), () -> "an address is missing here: " + line);
        assertThat(line).startsWith("holds");
        return holder;
    }
}
