package io.a64.container.hostports;

import io.a64.Deadline;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;

/** Ports for tests, outside the range of outgoing connections, and the usual question about them. */
final class TestPorts {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private TestPorts() {}

    /** Returns a port that is free on all addresses, for TCP and UDP. */
    static int free() {
        return free(FIRST, LAST);
    }

    static int free(int first, int last) {
        for (int i = 0; i < 200; i++) {
            int port = RANDOM.nextInt(first, last + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port in " + first + "-" + last);
    }

    private static boolean isFree(int port) {
        try (ServerSocket tcp = new ServerSocket(port);
                DatagramSocket udp = new DatagramSocket(port)) {
            return tcp.isBound() && udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    static SortedMap<Integer, String> occupied(PortProbe probe, Integer... ports) {
        return new HostPorts(probe, LOOPBACK).occupied(List.of(ports), soon());
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    /** Leaves a connection between the two ports in TIME_WAIT, kept by the side that closes first. */
    static void leaveInTimeWait(int listening, int from, boolean listenerClosesFirst) throws IOException {
        try (ServerSocket listener = new ServerSocket(listening, 1, LOOPBACK);
                Socket client = new Socket()) {
            client.bind(new InetSocketAddress(LOOPBACK, from));
            client.connect(new InetSocketAddress(LOOPBACK, listening));
            Socket accepted = listener.accept();
            Socket first = listenerClosesFirst ? accepted : client;
            Socket second = listenerClosesFirst ? client : accepted;
            first.shutdownOutput();
            if (second.getInputStream().read() >= 0) {
                throw new IllegalStateException("nothing was sent");
            }
            second.close();
            if (first.getInputStream().read() >= 0) {
                throw new IllegalStateException("nothing was sent");
            }
            first.close();
        }
    }
}
