package io.a64.container.hostports;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Holds a port in a process of its own, until the standard input ends: {@code tcp <address> <port>}, {@code udp
 * <address> <port>}, or {@code from <port> to <port>} for a connection on 127.0.0.1.
 */
final class PortHolder {

    private PortHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (AutoCloseable held = hold(arguments)) {
            System.out.println("holds " + held);
            System.in.readAllBytes();
        } catch (Exception e) {
            System.out.println(e);
        }
    }

    private static AutoCloseable hold(String... arguments) throws IOException {
        return switch (arguments[0]) {
            case "tcp" -> new ServerSocket(Integer.parseInt(arguments[2]), 1, InetAddress.getByName(arguments[1]));
            case "udp" -> new DatagramSocket(Integer.parseInt(arguments[2]), InetAddress.getByName(arguments[1]));
            default -> connection(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[3]));
        };
    }

    private static Socket connection(int from, int to) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), from));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to));
        return socket;
    }
}
