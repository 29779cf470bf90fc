package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CutBodyTest extends RouterTestBase {

    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    private Backend collecting() {
        return Backend.behaving((head, in, socket) -> {
            StringBuilder body = new StringBuilder();
            try {
                for (int octet = in.read(); octet >= 0; octet = in.read()) {
                    body.append((char) octet);
                }
            } catch (IOException e) {
                body.append("!cut");
            }
            arrived.add(body.toString());
        });
    }

    @Test
    void aChunkedBodyOverTheLimitNeverLooksWhole() throws Exception {
        module("app", collecting(), RouteOptions.builder().maxBodyBytes(10).build());

        assertThat(status(raw(lines(
                        "POST /app/ HTTP/1.1",
                        "Host: a",
                        "Transfer-Encoding: chunked",
                        "",
                        "b",
                        "x".repeat(11),
                        "0",
                        ""))))
                .isEqualTo(413);

        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("0\r\n\r\n");
    }

    @Test
    void aChunkedBodyThatTheClientCutsNeverLooksWhole() throws Exception {
        module("app", collecting());
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(lines(
                                    "POST /app/ HTTP/1.1",
                                    "Host: a",
                                    "Transfer-Encoding: chunked",
                                    "",
                                    "b",
                                    "x".repeat(11))
                            .getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(arrived.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("0\r\n\r\n");
    }
}
