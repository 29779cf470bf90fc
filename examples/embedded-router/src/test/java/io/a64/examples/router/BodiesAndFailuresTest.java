package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class BodiesAndFailuresTest extends RouterTestBase {

    private static final int LIMIT = 100_000;
    private static final RouteOptions SMALL = RouteOptions.builder()
            .maxBodyBytes(LIMIT)
            .readTimeout(Duration.ofSeconds(5))
            .build();

    private static Backend counting() {
        return Backend.behaving((head, in, socket) -> {
            String length = header(head, "Content-Length").stream().findFirst().orElse("");
            int size = length.isEmpty() ? readChunks(in) : in.readNBytes(Integer.parseInt(length)).length;
            String text = "size " + size;
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text)
                            .getBytes(StandardCharsets.US_ASCII));
        });
    }

    private static int readChunks(InputStream in) throws IOException {
        int size = 0;
        while (true) {
            StringBuilder line = new StringBuilder();
            for (int octet = in.read(); octet != '\n'; octet = in.read()) {
                if (octet < 0) {
                    throw new IOException("cut");
                }
                line.append((char) octet);
            }
            int chunk = Integer.parseInt(line.toString().trim(), 16);
            size += in.readNBytes(chunk).length;
            in.readNBytes(2);
            if (chunk == 0) {
                return size;
            }
        }
    }

    private String sized(int size) throws IOException {
        return raw("POST /app/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: " + size + "\r\n\r\n"
                + "x".repeat(size));
    }

    private String chunked(int chunks) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /app/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("3e8\r\n" + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < chunks; i++) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return readAll(socket.getInputStream());
        }
    }

    @Test
    void aSizedBodyUpToTheLimitPassesAndOneByteMoreDoesNot() throws IOException {
        module("app", counting(), SMALL);

        assertThat(sized(LIMIT)).endsWith("size " + LIMIT);
        assertThat(status(sized(LIMIT + 1))).isEqualTo(413);
    }

    @Test
    void aChunkedBodyUpToTheLimitPassesAndMoreDoesNot() throws IOException {
        module("app", counting(), SMALL);

        assertThat(chunked(LIMIT / 1000)).endsWith("size " + LIMIT);
        assertThat(status(chunked(LIMIT / 1000 + 1))).isEqualTo(413);
    }

    @Test
    void tenMegabytesPassUnlessTheRouteSaysOtherwise() throws IOException {
        module("app", counting());

        assertThat(sized(10 << 20)).endsWith("size " + (10 << 20));
        assertThat(chunked(10_000)).endsWith("size 10000000");
        assertThat(status(sized((10 << 20) + 1))).isEqualTo(413);
    }

    @Test
    void aClientThatSendsFarTooMuchStillReadsWhy() throws IOException {
        module("app", counting(), SMALL);

        assertThat(status(chunked(30_000))).isEqualTo(413);
        String answer = sized(30_000_000);
        assertThat(status(answer)).isEqualTo(413);
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @Test
    void aClientThatWaitsForPermissionIsRefusedBeforeItSends() throws IOException {
        module("app", counting(), SMALL);

        String answer =
                raw(lines("POST /app/ HTTP/1.1", "Host: a", "Content-Length: 200000", "Expect: 100-continue", ""));

        assertThat(status(answer)).isEqualTo(413);
    }

    @Test
    void aClientThatStopsInTheMiddleOfTooMuchIsCut() throws IOException {
        module(
                "app",
                counting(),
                RouteOptions.builder()
                        .maxBodyBytes(10)
                        .readTimeout(Duration.ofSeconds(1))
                        .build());

        assertThat(raw(lines("POST /app/ HTTP/1.1", "Host: a", "Content-Length: 200", "", "half")))
                .isEmpty();
    }

    @Test
    void aDeadModuleIsABadGateway() throws IOException {
        Backend app = module("app");
        app.close();

        String answer = get("/app/");

        assertThat(status(answer)).isEqualTo(502);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
    }

    @Test
    void aModuleThatHangsUpIsABadGateway() throws IOException {
        module("app", Backend.behaving((head, in, socket) -> {}));

        assertThat(status(get("/app/"))).isEqualTo(502);
        assertThat(status(request("POST", "/app/", "Content-Length: 0"))).isEqualTo(502);
    }

    @Test
    void theModulesOwnServerErrorPasses() throws IOException {
        module("app", Backend.answering("HTTP/1.1 503 Mine\r\nContent-Length: 0\r\nRetry-After: 7\r\n\r\n"));

        String answer = get("/app/");

        assertThat(status(answer)).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).containsExactly("7");
    }

    @Test
    void aModuleThatStaysSilentIsAGatewayTimeout() throws IOException {
        RouteOptions impatient = RouteOptions.builder()
                .maxBodyBytes(LIMIT)
                .readTimeout(Duration.ofSeconds(1))
                .build();
        module("app", Backend.behaving((head, in, socket) -> in.read()), impatient);

        String answer = get("/app/");

        assertThat(status(answer)).isEqualTo(504);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
    }

    @Test
    void anEventStreamArrivesAtOnceAndOutlastsTheReadTimeoutWhileItMoves() throws Exception {
        RouteOptions impatient = RouteOptions.builder()
                .maxBodyBytes(LIMIT)
                .readTimeout(Duration.ofSeconds(1))
                .build();
        module(
                "app",
                Backend.behaving((head, in, socket) -> {
                    OutputStream out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    // The passing of time is what this is about: 1.5 s in all, never a whole second of silence.
                    for (int i = 0; i < 5; i++) {
                        out.write(("data: " + i + "\n\n").getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        LockSupport.parkNanos(300_000_000);
                    }
                }),
                impatient);

        assertThat(get("/app/")).contains("data: 0").contains("data: 4");
    }
}
