package io.a64.proxy.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The client's side of a WebSocket (RFC 6455), as far as short texts go. */
final class WebSocketClient implements AutoCloseable {

    static final String[] HANDSHAKE = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    private static final String NO_MASK = "\0\0\0\0";

    private final RawConnection connection;

    private WebSocketClient(RawConnection connection) {
        this.connection = connection;
    }

    /** Opens one; anything but 101 fails the test. */
    static WebSocketClient open(URI base, String target, String... headers) {
        List<String> all = new ArrayList<>(List.of(HANDSHAKE));
        all.addAll(List.of(headers));
        RawConnection connection = RawHttp.begin(base, "GET", target, "", all.toArray(String[]::new));
        String head = connection.readUntil("\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 101 ") || !head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
            connection.close();
            throw new AssertionError("not the answer to the handshake: " + head);
        }
        return new WebSocketClient(connection);
    }

    /** Sends a text of at most 125 characters and waits until it comes back. */
    void echo(String text) {
        connection.send("\u0081" + (char) (0x80 | text.length()) + NO_MASK + text);
        connection.readUntil("\u0081" + (char) text.length() + text);
    }

    @Override
    public void close() {
        connection.close();
    }
}
