package io.a64.container.hostports;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Objects;

/**
 * Tries to bind a port as a module would, and closes it at once. Bound is the wildcard address of both IP versions,
 * which on Linux is in the way of every listener, and then the very address of publishing, for systems that let
 * wildcard and address stand beside each other.
 *
 * <p>SO_REUSEADDR is on for TCP, as it is for servers: without it, connections of a listener that has closed
 * (TIME_WAIT) would be taken for a listener. Not seen is a socket with SO_REUSEADDR that is bound and does not listen.
 */
final class BindProbe {

    /** What a try to bind tells. */
    enum Finding {
        FREE,
        TAKEN,
        /** Not allowed to bind, no such address here, or no such IP version: says nothing about the port. */
        UNKNOWN
    }

    private final InetAddress published;

    BindProbe(InetAddress published) {
        this.published = published;
    }

    /** Never throws. An address of publishing that cannot be bound leaves the decision to the wildcard. */
    Finding look(int port, Transport transport) {
        Finding wildcard = look(new InetSocketAddress(port), transport);
        boolean settled = wildcard != Finding.FREE || published.isAnyLocalAddress();
        return settled || look(new InetSocketAddress(published, port), transport) != Finding.TAKEN
                ? wildcard
                : Finding.TAKEN;
    }

    private static Finding look(SocketAddress address, Transport transport) {
        try {
            if (transport == Transport.TCP) {
                listen(address);
            } else {
                receive(address);
            }
            return Finding.FREE;
        } catch (BindException e) {
            return saysInUse(e) ? Finding.TAKEN : Finding.UNKNOWN;
        } catch (IOException | UnsupportedAddressTypeException | SecurityException e) {
            return Finding.UNKNOWN;
        }
    }

    /** The class is the same for a missing right and a foreign address, and nothing else tells them apart. */
    private static boolean saysInUse(BindException e) {
        return Objects.requireNonNullElse(e.getMessage(), "").contains("in use");
    }

    private static void listen(SocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address, 1);
        }
    }

    /** UDP has no TIME_WAIT, and with SO_REUSEADDR two sockets may share a port. */
    private static void receive(SocketAddress address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(address);
        }
    }
}
