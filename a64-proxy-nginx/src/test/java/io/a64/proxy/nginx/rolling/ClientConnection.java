package io.a64.proxy.nginx.rolling;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A connection of a client to NGINX. */
final class ClientConnection implements Closeable {

    private static final int LIMIT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private int answers;
    private boolean ends;

    ClientConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The connection has brought an answer already and then ended without a word: the client may ask again. */
    static final class ReusedConnectionClosed extends IOException {

        private static final long serialVersionUID = 1;

        ReusedConnectionClosed(Throwable cause) {
            super("a kept connection was closed before the answer", cause);
        }
    }

    /** Returns whether another request may be sent over it. */
    boolean isReusable() {
        return !ends;
    }

    /** Sends a request and returns the generation that answered it. */
    int get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: t.example\r\n\r\n");
    }

    private int exchange(String request) throws IOException {
        String head;
        try {
            Wire.send(socket.getOutputStream(), request);
            head = Wire.head(in);
        } catch (IOException e) {
            throw answers == 0 ? e : new ReusedConnectionClosed(e);
        }
        if (head.isEmpty()) {
            throw answers == 0 ? new IOException("closed without an answer") : new ReusedConnectionClosed(null);
        }
        answers++;
        ends = Wire.closes(head);
        return generation(head, new String(in.readNBytes(Wire.contentLength(head)), StandardCharsets.ISO_8859_1));
    }

    private static int generation(String head, String body) throws IOException {
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("status " + head.substring(9, 12));
        }
        return Integer.parseInt(body.substring(0, body.indexOf(' ')));
    }

    /** Sends a body in parts with pauses between them, and checks that all of it has arrived. */
    int upload(String path, int parts, int partBytes, Duration pause) throws IOException, InterruptedException {
        int length = parts * partBytes;
        Wire.send(
                socket.getOutputStream(),
                "POST " + path + " HTTP/1.1\r\nHost: t.example\r\nContent-Length: " + length + "\r\n\r\n");
        byte[] part = new byte[partBytes];
        for (int i = 0; i < parts; i++) {
            socket.getOutputStream().write(part);
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        }
        String head = Wire.head(in);
        if (head.isEmpty()) {
            throw new IOException("closed without an answer");
        }
        String body = new String(in.readNBytes(Wire.contentLength(head)), StandardCharsets.ISO_8859_1);
        int generation = generation(head, body);
        if (!body.endsWith(" " + length)) {
            throw new IOException("of " + length + " bytes arrived " + body);
        }
        return generation;
    }

    /** Becomes a WebSocket. */
    void upgrade(String path) throws IOException {
        Wire.send(
                socket.getOutputStream(),
                "GET " + path + " HTTP/1.1\r\nHost: t.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        String head = Wire.head(in);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + head.lines().findFirst().orElse("closed"));
        }
    }

    /** Sends a message over the WebSocket, which has to come back. */
    void echo(byte[] message) throws IOException {
        socket.getOutputStream().write(message);
        if (!Arrays.equals(in.readNBytes(message.length), message)) {
            throw new IOException("the WebSocket was cut");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
