package io.a64.container.hostports;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.Optional;

/**
 * A line of {@code /proc/net/tcp}, {@code tcp6}, {@code udp} or {@code udp6}, see proc(5).
 *
 * @param transport the table it stands in
 * @param address the local address as an IP literal
 * @param port the local port
 * @param state the state, see {@link #LISTEN}
 * @param user the user id of who made the socket
 * @param inode what its owner's file descriptors refer to, 0 if no process has it any more
 */
record SocketEntry(Transport transport, String address, int port, int state, long user, long inode) {

    static final int LISTEN = 0x0A;
    private static final int TIME_WAIT = 0x06;

    /** Those that say most about who has a port come first: listeners, then what belongs to a process. */
    static final Comparator<SocketEntry> TELLING =
            Comparator.<SocketEntry, Boolean>comparing(e -> e.state != LISTEN).thenComparing(e -> e.inode == 0);

    private static final int FIELDS = 10;

    /** Reads the local port only, which is much cheaper; -1 if the line is none of a table. */
    static int port(String line) {
        int colon = line.indexOf(':', line.indexOf(':') + 1);
        try {
            return colon < 0 ? -1 : Integer.parseInt(line, colon + 1, colon + 5, 16);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return -1;
        }
    }

    /** Reads a line, empty if it is none of a table. */
    static Optional<SocketEntry> parse(String line, Transport transport) {
        String[] fields = line.trim().split("\\s+", FIELDS + 1);
        int port = port(line);
        if (fields.length < FIELDS || port < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SocketEntry(
                    transport,
                    address(fields[1].substring(0, fields[1].indexOf(':'))),
                    port,
                    Integer.parseInt(fields[3], 16),
                    Long.parseLong(fields[7]),
                    Long.parseLong(fields[9])));
        } catch (NumberFormatException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The kernel prints each 32 bits of an address as a number in the machine's own order of bytes. */
    private static String address(String hex) throws UnknownHostException {
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i + 8 <= hex.length(); i += 8) {
            bytes.putInt(Integer.parseUnsignedInt(hex.substring(i, i + 8), 16));
        }
        String literal = InetAddress.getByAddress(bytes.array()).getHostAddress();
        return literal.replaceFirst("^(0:)+0?$|^(0:)+", "::");
    }

    boolean listens() {
        return transport == Transport.UDP || state == LISTEN;
    }

    /** Returns what the socket does with the port, as the rest of a sentence about its owner. */
    String use() {
        String where = (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        if (transport == Transport.UDP) {
            return "has the UDP socket " + where;
        }
        return listens() ? "listens on " + where : "has a connection from " + where;
    }

    /** Returns a sentence about a socket that belongs to no process. */
    Optional<String> withoutOwner() {
        return state == TIME_WAIT && transport == Transport.TCP
                ? Optional.of("a closed connection from port " + port + ", kept by the system for a minute (TIME_WAIT)")
                : Optional.empty();
    }
}
