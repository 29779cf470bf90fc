package io.a64.container.hostports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that may not, or cannot, look everywhere. Each runs as a child, with what it may not do taken away. */
@Timeout(60)
final class BlindLookTest {

    private static final String IPV6_LOOPBACK = "::1";
    private static final List<String> IPV4_ONLY = List.of("-Djava.net.preferIPv4Stack=true");
    private static final String NO_IPV6 = "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6"
            + " && ip link set lo up && test ! -s /proc/net/if_inet6 && exec \"$@\"";
    private static final List<String> WITHOUT_IPV6 = List.of("unshare", "-n", "sh", "-c", NO_IPV6, "sh");
    /** A root that is none: ports below 1024 and the files of other processes are out of its reach. */
    private static final List<String> WITHOUT_RIGHTS = List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");

    private final int port = TestPorts.free();

    @Test
    @DisplayName("case 37: with preferIPv4Stack=true a listener on ::1 is still found, in the system's tables")
    void ipv4_only_sees_ipv6_listeners() throws IOException {
        try (ServerSocket listener = new ServerSocket(port, 1, TestPorts.address(IPV6_LOOPBACK))) {
            assertThat(lookFrom(listener.getLocalPort(), "127.0.0.1", IPV4_ONLY))
                    .isEqualTo(takenByThisProcess("[::1]"));
        }
    }

    @Test
    @DisplayName("case 37: with preferIPv4Stack=true a listener on 127.0.0.1 is found")
    void ipv4_only_sees_ipv4_listeners() throws IOException {
        try (ServerSocket listener = new ServerSocket(port, 1, TestPorts.LOOPBACK)) {
            assertThat(lookFrom(listener.getLocalPort(), "127.0.0.1", IPV4_ONLY))
                    .isEqualTo(takenByThisProcess("127.0.0.1"));
        }
    }

    @Test
    @DisplayName("case 37: with preferIPv4Stack=true a free port is free, also for publishing on ::1")
    void ipv4_only_sees_free_ports() throws IOException {
        assertThat(lookFrom(port, "127.0.0.1", IPV4_ONLY)).isEqualTo("occupied: {}");
        assertThat(lookFrom(port, IPV6_LOOPBACK, IPV4_ONLY)).isEqualTo("occupied: {}");
    }

    @Test
    @DisplayName("case 37: without IPv6 a listener is found and a free port is free, also for publishing on ::1")
    void without_ipv6() throws IOException {
        assumeCanRun(WITHOUT_IPV6);

        assertThat(look(WITHOUT_IPV6, "127.0.0.1", Integer.toString(port), "127.0.0.1"))
                .startsWith("occupied: {" + port + "=process java (pid ")
                .endsWith(" listens on 127.0.0.1:" + port + "}");
        assertThat(look(WITHOUT_IPV6, "127.0.0.1", Integer.toString(port))).isEqualTo("occupied: {}");
        assertThat(look(WITHOUT_IPV6, IPV6_LOOPBACK, Integer.toString(port))).isEqualTo("occupied: {}");
    }

    @Test
    @DisplayName("case 37: an address of publishing that is not of this machine leaves the decision to the wildcard")
    void an_address_that_is_not_local() throws IOException {
        HostPorts elsewhere = new HostPorts(PortProbe.TCP_AND_UDP, TestPorts.address("192.0.2.1"));

        assertThat(elsewhere.occupied(List.of(port), TestPorts.soon())).isEmpty();
        try (ServerSocket listener = new ServerSocket(port, 1, TestPorts.LOOPBACK)) {
            assertThat(elsewhere.occupied(List.of(listener.getLocalPort()), TestPorts.soon()))
                    .containsOnlyKeys(port);
        }
    }

    @Test
    @DisplayName("case 37: without permission for ports below 1024 a free one is not known, so not occupied")
    void no_permission_for_a_free_port() throws IOException {
        assumeCanRun(WITHOUT_RIGHTS);
        int privileged = TestPorts.free(600, 1023);

        assertThat(look(WITHOUT_RIGHTS, "127.0.0.1", Integer.toString(privileged)))
                .isEqualTo("occupied: {}");
    }

    @Test
    @DisplayName("case 37: without permission for ports below 1024 a listener is found in the system's tables")
    void no_permission_for_a_taken_port() throws IOException {
        assumeCanRun(WITHOUT_RIGHTS);
        int privileged = TestPorts.free(600, 1023);
        try (ServerSocket listener = new ServerSocket(privileged, 1, TestPorts.LOOPBACK)) {
            assertThat(look(WITHOUT_RIGHTS, "127.0.0.1", Integer.toString(listener.getLocalPort())))
                    .isEqualTo("occupied: {" + privileged
                            + "=a process of user id 0 that could not be looked at listens on 127.0.0.1:" + privileged
                            + "}");
        }
    }

    private String takenByThisProcess(String address) {
        return "occupied: {" + port + "=process java (pid "
                + ProcessHandle.current().pid() + ") listens on " + address + ":" + port + "}";
    }

    private static String lookFrom(int port, String published, List<String> options) throws IOException {
        try (ChildProcess looker = ChildProcess.java(PortLooker.class, options, published, Integer.toString(port))) {
            return looker.nextLine();
        }
    }

    private static String look(List<String> wrapper, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(ChildProcess.javaCommand(PortLooker.class, List.of(), arguments));
        try (ChildProcess looker = ChildProcess.command(command)) {
            return looker.nextLine();
        }
    }

    private static void assumeCanRun(List<String> wrapper) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of("echo", "works"));
        String answer = answer(command);
        assumeTrue(answer.equals("works"), () -> wrapper.get(0) + " does not work here, needs root: " + answer);
    }

    private static String answer(List<String> command) {
        try (ChildProcess tried = ChildProcess.command(command)) {
            return tried.nextLine();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
