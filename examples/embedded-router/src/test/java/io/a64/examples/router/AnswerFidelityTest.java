package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnswerFidelityTest extends RouterTestBase {

    @Test
    void aLargeAnswerArrivesWhole() throws IOException {
        byte[] body = new byte[20 << 20];
        new Random(7).nextBytes(body);
        module("app", Backend.behaving((head, in, socket) -> {
            socket.getOutputStream()
                    .write(lines("HTTP/1.1 200 OK", "Content-Length: " + body.length, "")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
        }));

        String answer = get("/app/");

        assertThat(answer.split("\r\n\r\n", 2)[1].getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(body);
    }

    @Test
    void anAnswerThatTheModuleCutsIsCutForTheClientToo() throws IOException {
        module("app", Backend.answering(lines("HTTP/1.1 200 OK", "Content-Length: 100", "", "short")));

        String answer = get("/app/");

        assertThat(header(answer, "Content-Length")).containsExactly("100");
        assertThat(answer.split("\r\n\r\n", 2)[1]).hasSizeLessThan(100);
    }

    @Test
    void aHeadRequestKeepsTheLengthAndHasNoBody() throws Exception {
        Backend app = module("app", Backend.answering(lines("HTTP/1.1 200 OK", "Content-Length: 77", "")));

        String answer = request("HEAD", "/app/x");

        assertThat(header(answer, "Content-Length")).containsExactly("77");
        assertThat(answer).endsWith("\r\n\r\n");
        assertThat(requestLine(app.nextHead())).isEqualTo("HEAD /x HTTP/1.1");
    }

    @Test
    void statusAndHeadersOfTheModulePass() throws IOException {
        module(
                "app",
                Backend.answering(lines(
                        "HTTP/1.1 418 Tea",
                        "Content-Encoding: gzip",
                        "ETag: \"x\"",
                        "X-Own: 1",
                        "X-Own: 2",
                        "Content-Length: 2",
                        "",
                        "")));

        String answer = get("/app/");

        assertThat(answer).startsWith("HTTP/1.1 418 ");
        assertThat(header(answer, "Content-Encoding")).containsExactly("gzip");
        assertThat(header(answer, "ETag")).containsExactly("\"x\"");
        assertThat(header(answer, "X-Own")).containsExactly("1", "2");
    }

    @Test
    void anAnswerWithoutBodyEndsAtOnce() throws IOException {
        module("app", Backend.answering(lines("HTTP/1.1 204 No Content", "")));

        assertThat(status(get("/app/"))).isEqualTo(204);
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws IOException {
        module("app");
        try (Socket socket = connect()) {
            InputStream in = socket.getInputStream();
            for (String target : new String[] {"/app/a", "/none", "/app", "/app/b"}) {
                socket.getOutputStream()
                        .write(lines("GET " + target + " HTTP/1.1", "Host: a", "")
                                .getBytes(StandardCharsets.US_ASCII));
                String head = Backend.readHead(in);
                in.readNBytes(Integer.parseInt(header(head, "Content-Length").get(0)));
                assertThat(status(head)).isIn(200, 404, 308);
            }
        }
    }

    @Test
    void anOldClientWithoutHostHeaderIsServed() throws Exception {
        Backend app = module("app");

        assertThat(status(raw(lines("GET /app/x HTTP/1.0", "")))).isEqualTo(200);

        assertThat(requestLine(app.nextHead())).isEqualTo("GET /x HTTP/1.1");
    }

    @Test
    void permissionToSendComesFromTheModule() throws IOException {
        module("app", Backend.behaving((head, in, socket) -> {
            socket.getOutputStream().write(lines("HTTP/1.1 100 Continue", "").getBytes(StandardCharsets.US_ASCII));
            in.readNBytes(3);
            socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
        }));
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(lines(
                                    "POST /app/ HTTP/1.1",
                                    "Host: a",
                                    "Connection: close",
                                    "Content-Length: 3",
                                    "Expect: 100-continue",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(status(Backend.readHead(socket.getInputStream()))).isEqualTo(100);

            socket.getOutputStream().write("abc".getBytes(StandardCharsets.US_ASCII));

            assertThat(status(readAll(socket.getInputStream()))).isEqualTo(200);
        }
    }

    @Test
    void theHealthPathOfTheRouterItselfAnswers() throws IOException {
        router.baseUri();

        assertThat(status(get("/health"))).isEqualTo(200);
    }
}
