package io.a64.container.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.a64.Deadline;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a runtime that looks at this machine sees of its ports; and that looking is harmless for every runtime. */
abstract class RuntimeOccupiedPorts extends RuntimeConflicts {

    @Test
    final void a_port_that_nothing_is_bound_to_is_not_occupied() {
        assumeLooking();

        assertThat(occupied(ports.next(), ports.next())).isEmpty();
    }

    @Test
    final void a_port_with_a_listener_on_127_0_0_1_is_occupied() throws IOException {
        assertIsOccupiedByListenerOn("127.0.0.1");
    }

    @Test
    final void a_port_with_a_listener_on_127_0_0_2_is_occupied() throws IOException {
        assertIsOccupiedByListenerOn("127.0.0.2");
    }

    @Test
    final void a_port_with_a_listener_on_0_0_0_0_is_occupied() throws IOException {
        assertIsOccupiedByListenerOn("0.0.0.0");
    }

    @Test
    final void a_port_with_a_listener_on_ipv6_loopback_is_occupied() throws IOException {
        assertIsOccupiedByListenerOn("::1");
    }

    @Test
    final void a_port_whose_listener_has_closed_is_not_occupied_while_its_connections_wait() throws IOException {
        assumeLooking();
        int port = ports.next();

        leaveInTimeWait(port);

        assertThat(occupied(port)).isEmpty();
    }

    @Test
    final void looking_at_a_port_leaves_it_free() throws IOException {
        int port = ports.next();

        occupied(port);

        try (ServerSocket listener = ports.bind(port)) {
            assertThat(listener.isBound()).isTrue();
        }
    }

    @Test
    final void numbers_that_are_no_ports_are_never_occupied() {
        assertThat(occupied(-1, 0, 65_536)).isEmpty();
    }

    @Test
    final void after_the_deadline_nothing_is_known_and_nothing_thrown() throws IOException {
        int port = ports.next();
        try (ServerSocket listener = ports.bind(port)) {
            assertThat(listener.isBound()).isTrue();

            assertThat(runtime.occupied(List.of(port), Deadline.after(Duration.ZERO)))
                    .isEmpty();
        }
    }

    @Test
    final void an_interrupt_while_looking_throws_nothing_and_stays_visible() {
        Thread.currentThread().interrupt();

        Map<Integer, String> seen = occupied(ports.next());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).isEmpty();
    }

    private void assertIsOccupiedByListenerOn(String address) throws IOException {
        assumeLooking();
        int port = ports.next();
        try (ServerSocket listener = listener(port, InetAddress.getByName(address))) {
            assertThat(listener.isBound()).isTrue();

            assertThat(occupied(ports.next(), port))
                    .containsOnlyKeys(port)
                    .allSatisfy((taken, evidence) -> assertThat(evidence).isNotBlank());
        }
    }

    private static ServerSocket listener(int port, InetAddress address) throws IOException {
        try {
            return FreePorts.bind(port, address);
        } catch (BindException e) {
            return abort(address.getHostAddress() + " is no address of this machine");
        } catch (SocketException e) {
            return abort("this machine has no address of the kind of " + address.getHostAddress());
        }
    }

    /** The side that closes first keeps the connection, so the listener's side has to. */
    private void leaveInTimeWait(int port) throws IOException {
        try (ServerSocket listener = ports.bind(port);
                Socket client = new Socket()) {
            client.connect(new InetSocketAddress(listener.getInetAddress(), port));
            listener.accept().close();
            assertThat(client.getInputStream().read())
                    .as("the end of the connection")
                    .isEqualTo(-1);
        }
    }

    private Map<Integer, String> occupied(Integer... candidates) {
        return runtime.occupied(List.of(candidates), deadline());
    }

    private void assumeLooking() {
        assumeTrue(looksAtThisMachine(), "this runtime does not look at the machine that it publishes on");
    }
}
