package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.RouteOptions;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WebSocketTunnelTest extends RouterTestBase {

    static final String HANDSHAKE = lines(
            "GET /app/ws HTTP/1.1",
            "Host: a",
            "Upgrade: WebSocket",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "");
    static final String SWITCHED =
            lines("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", "");

    private static Backend echo() {
        return Backend.behaving((head, in, socket) -> {
            if (header(head, "Upgrade").isEmpty()) {
                socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            socket.getOutputStream().write(SWITCHED.getBytes(StandardCharsets.US_ASCII));
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                socket.getOutputStream().write(octet);
            }
        });
    }

    private void echoes(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(text.length()))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(text);
    }

    @Test
    void anUpgradeToWebSocketIsTunnelled() throws Exception {
        Backend app = module("app", echo());
        try (Socket socket = connect()) {
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();

            String answer = Backend.readHead(in);

            assertThat(status(answer)).isEqualTo(101);
            assertThat(header(answer, "Upgrade")).containsExactly("websocket");
            echoes(socket, "hello");
            echoes(socket, "again");
        }
        String head = app.nextHead();
        assertThat(header(head, "Upgrade")).containsExactly("websocket");
        assertThat(header(head, "Connection")).containsExactly("Upgrade");
    }

    @Test
    void anOpenTunnelOutlivesItsRoute() throws Exception {
        module(
                "app",
                echo(),
                RouteOptions.builder()
                        .maxBodyBytes(1000)
                        .readTimeout(Duration.ofSeconds(1))
                        .build());
        try (Socket socket = connect()) {
            socket.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            Backend.readHead(socket.getInputStream());

            router.remove("app", soon());

            echoes(socket, "still here");
            assertThat(status(get("/app/"))).isEqualTo(404);
        }
    }

    @Test
    void aRouteWithoutWebSocketsForwardsNoUpgrade() throws Exception {
        Backend app = module(
                "app",
                echo(),
                RouteOptions.builder()
                        .websocket(false)
                        .maxBodyBytes(1000)
                        .readTimeout(Duration.ofSeconds(5))
                        .build());

        String answer = raw(HANDSHAKE.replace("keep-alive, Upgrade", "close"));

        assertThat(status(answer)).isEqualTo(200);
        assertThat(header(app.nextHead(), "Upgrade")).isEmpty();
    }
}
