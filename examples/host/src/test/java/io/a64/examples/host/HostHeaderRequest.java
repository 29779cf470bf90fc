package io.a64.examples.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a port of this machine for a host name that need not resolve here, which Java's own client does not allow. */
final class HostHeaderRequest {

    private static final int PATIENCE_MILLIS = 10_000;

    private HostHeaderRequest() {}

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param text head and body
     */
    record Answer(int status, String text) {}

    static Answer get(int port, String host, String target) {
        String request = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(text.substring(9, 12)), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
