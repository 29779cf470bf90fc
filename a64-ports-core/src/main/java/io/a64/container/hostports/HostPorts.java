package io.a64.container.hostports;

import io.a64.Deadline;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the machine, or rather the network name space, that this process runs in. Says which are taken, by
 * trying to bind them, and who has those, by Linux's {@code /proc}. Nothing here throws: what cannot be found out
 * counts as free, and is told by the system when the port is really bound.
 *
 * <p>Looking at a port takes less than a millisecond. Only for a port that is taken the tables in {@code /proc} are
 * read, which takes two seconds at most. Safe for use by several threads; blocks no longer than said here.
 */
public final class HostPorts {

    private static final Path PROC = Path.of("/proc");
    private static final int MOST = 65_535;
    /** Evidence is nice to have; a deployment must not wait for it any longer. */
    private static final Duration EVIDENCE_LIMIT = Duration.ofSeconds(2);

    private static final Duration LISTENERS_LIMIT = Duration.ofMillis(100);
    private static final String NOBODY_KNOWN = "something; the system does not tell what";

    private final PortProbe probe;
    private final BindProbe bindProbe;
    private final SocketTables tables;
    private final SocketOwners owners;
    private final BooleanSupplier blindToIpv6;

    /**
     * @param probe what to look at
     * @param published the address that ports are published on, or a wildcard address
     */
    public HostPorts(PortProbe probe, InetAddress published) {
        this(probe, published, PROC, () -> Boolean.getBoolean("java.net.preferIPv4Stack"));
    }

    HostPorts(PortProbe probe, InetAddress published, Path proc, BooleanSupplier blindToIpv6) {
        this.probe = probe;
        this.bindProbe = new BindProbe(published);
        this.tables = new SocketTables(proc);
        this.owners = new SocketOwners(proc);
        this.blindToIpv6 = blindToIpv6;
    }

    /**
     * Returns which of these ports are taken, each with a line that names who has it as far as the system tells. A
     * deadline that has passed, and an interrupt, end it with what is known by then.
     */
    public SortedMap<Integer, String> occupied(Collection<Integer> ports, Deadline deadline) {
        return holders(taken(ports, deadline), deadline);
    }

    /** Returns which of these ports are taken, and what of each; TCP if both are. */
    public SortedMap<Integer, Transport> taken(Collection<Integer> ports, Deadline deadline) {
        SortedMap<Integer, Transport> taken = new TreeMap<>();
        Set<Integer> valid = ports.stream()
                .filter(port -> port >= 1 && port <= MOST)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Transport transport : probe.transports()) {
            valid.removeAll(taken.keySet());
            look(valid, transport, deadline).forEach(port -> taken.put(port, transport));
        }
        return taken;
    }

    private Set<Integer> look(Set<Integer> ports, Transport transport, Deadline deadline) {
        Set<Integer> taken = new LinkedHashSet<>();
        Set<Integer> doubtful = new LinkedHashSet<>();
        for (int port : ports) {
            if (isOver(deadline)) {
                return taken;
            }
            switch (bindProbe.look(port, transport)) {
                case TAKEN -> taken.add(port);
                case UNKNOWN -> doubtful.add(port);
                case FREE -> {
                    if (blindToIpv6.getAsBoolean()) {
                        doubtful.add(port);
                    }
                }
            }
        }
        if (!doubtful.isEmpty()) {
            taken.addAll(tables.listening(doubtful, transport, deadline.orAfter(LISTENERS_LIMIT)));
        }
        return taken;
    }

    static boolean isOver(Deadline deadline) {
        return deadline.hasPassed() || Thread.currentThread().isInterrupted();
    }

    /** Returns a line for each port that {@link #taken} said is taken, which names who has it. */
    public SortedMap<Integer, String> holders(Map<Integer, Transport> taken, Deadline deadline) {
        SortedMap<Integer, String> lines = new TreeMap<>();
        if (taken.isEmpty()) {
            return lines;
        }
        Deadline limit = deadline.orAfter(EVIDENCE_LIMIT);
        Map<Integer, SocketEntry> sockets = tables.find(taken, limit);
        Set<Long> inodes = sockets.values().stream()
                .map(SocketEntry::inode)
                .filter(inode -> inode != 0)
                .collect(Collectors.toSet());
        Map<Long, String> processes = owners.find(inodes, limit);
        for (int port : taken.keySet()) {
            lines.put(
                    port,
                    Optional.ofNullable(sockets.get(port))
                            .flatMap(socket -> line(socket, processes.get(socket.inode())))
                            .orElse(NOBODY_KNOWN));
        }
        return lines;
    }

    private static Optional<String> line(SocketEntry socket, @Nullable String process) {
        if (process != null) {
            return Optional.of("process " + process + " " + socket.use());
        }
        return socket.inode() == 0
                ? socket.withoutOwner()
                : Optional.of("a process of user id " + socket.user() + " that could not be looked at " + socket.use());
    }
}
