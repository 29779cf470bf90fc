package io.a64.container.hostports;

import io.a64.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/**
 * Looks at a port in a process of its own and writes what it sees: {@code <address of publishing> <port>}, and perhaps
 * {@code <address>} to listen on meanwhile.
 */
final class PortLooker {

    private PortLooker() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[1]);
        HostPorts ports = new HostPorts(PortProbe.TCP_AND_UDP, InetAddress.getByName(arguments[0]));
        if (arguments.length > 2) {
            try (ServerSocket listener = new ServerSocket(port, 1, InetAddress.getByName(arguments[2]))) {
                look(ports, listener.getLocalPort());
            }
        } else {
            look(ports, port);
        }
    }

    private static void look(HostPorts ports, int port) {
        System.out.println("occupied: " + ports.occupied(List.of(port), Deadline.after(Duration.ofSeconds(20))));
    }
}
