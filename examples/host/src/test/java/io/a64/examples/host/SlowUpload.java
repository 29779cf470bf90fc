package io.a64.examples.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request whose body comes in two halves, so that it is under way for as long as a test wants. */
final class SlowUpload implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    private SlowUpload(Socket socket) {
        this.socket = socket;
    }

    /** Sends head and first half. */
    static SlowUpload begin(URI proxy) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        SlowUpload upload = new SlowUpload(socket);
        upload.send("POST " + proxy.getPath() + "slow HTTP/1.1\r\nHost: " + proxy.getAuthority()
                + "\r\nConnection: close\r\nContent-Length: 12\r\n\r\nfirst,");
        return upload;
    }

    /** Sends the second half and returns head and body of the answer, or how the connection was cut. */
    String end() {
        try {
            send("second");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "cut: " + e.getMessage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
