package io.a64.examples.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Neighbouring ports that nothing listens on, outside the range that systems give to outgoing connections.
 *
 * @param first the first
 * @param last the last
 */
record PortBlock(int first, int last) {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 29_999;
    private static final int TRIES = 500;

    static PortBlock free(int size) {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < TRIES; i++) {
            int first = random.nextInt(LOWEST, HIGHEST - size);
            if (IntStream.range(first, first + size).allMatch(PortBlock::isFree)) {
                return new PortBlock(first, first + size - 1);
            }
        }
        throw new IllegalStateException("no " + size + " free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket everywhere = new ServerSocket(port)) {
            return everywhere.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Holds a port as another program would. */
    static ServerSocket occupy(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    String range() {
        return first + "-" + last;
    }
}
