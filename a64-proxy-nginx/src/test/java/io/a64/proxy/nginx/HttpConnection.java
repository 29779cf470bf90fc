package io.a64.proxy.nginx;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection to NGINX, that is kept, and never made again behind the test's back. */
final class HttpConnection implements Closeable {

    private final Socket socket;
    private final BufferedReader in;

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Asks and returns the status; the connection can be used again if {@link #get} does not throw. */
    int get(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: t.example\r\n\r\n");
        int length = 0;
        String status = line();
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            if (in.read() < 0) {
                throw new EOFException("half a body");
            }
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    /** Becomes a WebSocket. */
    HttpConnection upgrade(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: t.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        String status = line();
        if (!status.contains(" 101 ")) {
            throw new IOException("no WebSocket: " + status);
        }
        String header = status;
        while (!header.isEmpty()) {
            header = line();
        }
        return this;
    }

    /** Sends a line over the WebSocket and returns what comes back. */
    String echo(String text) throws IOException {
        send(text + "\n");
        return line();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the connection was closed");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
