package io.a64.container.testkit;

import io.a64.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tries to bind ports, but for the faults that are planted in it. */
final class ReferencePortProbe implements AutoCloseable {

    private static final int MOST = 65_535;

    private final Set<Fault> faults;
    private final List<ServerSocket> kept = new ArrayList<>();

    ReferencePortProbe(Set<Fault> faults) {
        this.faults = faults;
    }

    Map<Integer, String> occupied(Collection<Integer> ports, Deadline deadline) {
        Map<Integer, String> taken = new TreeMap<>();
        for (int port : ports) {
            boolean valid = port > 0 && port <= MOST;
            boolean stopped = deadline.hasPassed() || Thread.currentThread().isInterrupted();
            if (valid && !stopped && isTaken(port)) {
                taken.put(port, faults.contains(Fault.GIVES_NO_EVIDENCE) ? " " : "something");
            }
        }
        return taken;
    }

    private boolean isTaken(int port) {
        if (faults.contains(Fault.SAYS_ALWAYS_FREE)) {
            return false;
        }
        return faults.contains(Fault.SAYS_ALWAYS_OCCUPIED) || !canBind(port);
    }

    private boolean canBind(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(!faults.contains(Fault.MISTAKES_TIME_WAIT_FOR_A_LISTENER));
                socket.bind(
                        faults.contains(Fault.LOOKS_AT_ONE_ADDRESS_ONLY)
                                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                                : new InetSocketAddress(port));
                return true;
            } finally {
                leave(socket);
            }
        } catch (IOException e) {
            return false;
        }
    }

    private void leave(ServerSocket socket) throws IOException {
        if (faults.contains(Fault.KEEPS_THE_PORT_IT_LOOKS_AT)) {
            kept.add(socket);
        } else {
            socket.close();
        }
    }

    @Override
    public void close() {
        for (ServerSocket socket : kept) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError("a socket that cannot be closed", e);
            }
        }
    }
}
