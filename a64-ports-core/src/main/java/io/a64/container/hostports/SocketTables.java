package io.a64.container.hostports;

import io.a64.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Linux's tables of sockets, of the network name space of this process. Reading them takes time linear in their
 * length, a second for some ten thousand sockets, so every reading ends by a deadline with what it has found by then.
 */
final class SocketTables {

    private static final Logger LOG = LoggerFactory.getLogger(SocketTables.class);

    /** The state of a listener, as it stands in a line. */
    private static final String LISTENING = " 0A ";
    /** How many lines are read between two looks at the clock. */
    private static final int LINES = 64;

    private final Path proc;

    /** @param proc the folder {@code /proc}, but for tests */
    SocketTables(Path proc) {
        this.proc = proc;
    }

    /** Returns for each of the ports the socket that tells most about who has it; ports without one are left out. */
    Map<Integer, SocketEntry> find(Map<Integer, Transport> ports, Deadline deadline) {
        Map<Integer, SocketEntry> found = new HashMap<>();
        for (Transport transport : new HashSet<>(ports.values())) {
            read(transport, deadline, false, line -> {
                if (ports.get(SocketEntry.port(line)) == transport) {
                    SocketEntry.parse(line, transport)
                            .ifPresent(entry -> found.merge(entry.port(), entry, this::better));
                }
            });
        }
        return found;
    }

    private SocketEntry better(SocketEntry one, SocketEntry other) {
        return SocketEntry.TELLING.compare(other, one) < 0 ? other : one;
    }

    /** Returns those of the ports that a socket listens on. Cheap for TCP: the listeners come first in its tables. */
    Set<Integer> listening(Set<Integer> ports, Transport transport, Deadline deadline) {
        Set<Integer> found = new HashSet<>();
        read(transport, deadline, true, line -> {
            int port = SocketEntry.port(line);
            if (ports.contains(port)) {
                found.add(port);
            }
        });
        return found;
    }

    private void read(Transport transport, Deadline deadline, boolean listenersOnly, Consumer<String> lines) {
        String table = transport == Transport.TCP ? "tcp" : "udp";
        boolean stops = listenersOnly && transport == Transport.TCP;
        read(table, deadline, stops, lines);
        read(table + "6", deadline, stops, lines);
    }

    private void read(String table, Deadline deadline, boolean stopsAfterListeners, Consumer<String> lines) {
        Path file = proc.resolve("net").resolve(table);
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            reader.readLine(); // the headings
            int count = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                boolean outOfTime = count++ % LINES == 0 && HostPorts.isOver(deadline);
                if (outOfTime || (stopsAfterListeners && !line.contains(LISTENING))) {
                    return;
                }
                lines.accept(line);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} cannot be read", file, e); // not Linux, not allowed, or interrupted: one source less
        }
    }
}
