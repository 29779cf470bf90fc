package io.a64.container.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

/** Finds ports that nothing listens on, outside the range that systems give to outgoing connections. */
final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;
    private static final int TRIES = 200;
    private static final InetAddress EVERYWHERE = new InetSocketAddress(0).getAddress();

    private final SplittableRandom random = new SplittableRandom();
    private final InetAddress address;

    FreePorts(InetAddress address) {
        this.address = address;
    }

    int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in " + FIRST + "-" + LAST + " on " + address);
    }

    /** Free on every address, so that a test may bind the port where it likes. */
    private boolean isFree(int port) {
        return canBind(port, EVERYWHERE) && canBind(port, address);
    }

    private static boolean canBind(int port, InetAddress address) {
        try (ServerSocket socket = bind(port, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Holds a port as another process would. */
    ServerSocket bind(int port) throws IOException {
        return bind(port, address);
    }

    /** Holds a port of any address of this machine. */
    static ServerSocket bind(int port, InetAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(address, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
