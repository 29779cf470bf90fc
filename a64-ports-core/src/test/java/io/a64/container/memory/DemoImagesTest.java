package io.a64.container.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.a64.Deadline;
import io.a64.container.ContainerSpec;
import io.a64.container.Resources;
import io.a64.test.services.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at a demo image, byte by byte: these tests speak HTTP themselves. */
@Timeout(30)
final class DemoImagesTest {

    private final int port = FreePort.find();
    private final InMemoryContainerRuntime runtime =
            DemoImages.addTo(InMemoryContainerRuntime.builder()).build();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void the_answer_says_what_arrived() throws IOException {
        run("demo/echo:1.0.0");

        JsonNode answer = json(ask("POST /a/b?x=1&y=%20 HTTP/1.1", "X-Forwarded-For: 1.2.3.4", "grüße \"quoted\"\n"));

        assertThat(answer.path("module").textValue()).isEqualTo("shop");
        assertThat(answer.path("image").textValue()).isEqualTo("demo/echo:1.0.0");
        assertThat(answer.path("generation").intValue()).isEqualTo(3);
        assertThat(answer.path("method").textValue()).isEqualTo("POST");
        assertThat(answer.path("path").textValue()).isEqualTo("/a/b");
        assertThat(answer.path("query").textValue()).isEqualTo("x=1&y=%20");
        assertThat(answer.path("headers").path("X-Forwarded-For").textValue()).isEqualTo("1.2.3.4");
        assertThat(answer.path("body").textValue()).isEqualTo("grüße \"quoted\"\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a%2Fb/%C3%BC, /a%2Fb/%C3%BC",
        "//a/b, //a/b",
        "/a//b/../c/., /a//b/../c/.",
        "/a;v=1:2@x, /a;v=1:2@x",
        "http://other:1/a/b, /a/b"
    })
    void the_path_is_as_received(String target, String path) throws IOException {
        run("demo/echo");

        assertThat(json(ask("GET " + target + " HTTP/1.1", "A: b", ""))
                        .path("path")
                        .textValue())
                .isEqualTo(path);
    }

    @Test
    void header_values_may_be_utf_8() throws IOException {
        run("demo/echo");

        assertThat(json(ask("GET / HTTP/1.1", "x-name: grüße", ""))
                        .path("headers")
                        .path("X-Name")
                        .textValue())
                .isEqualTo("grüße");
    }

    @Test
    void any_character_in_a_body_comes_back() throws IOException {
        run("demo/echo");
        StringBuilder all = new StringBuilder();
        for (int character = 0; character < 0x2100; character++) {
            all.append((char) character);
        }
        String body = all.append("\ud83d\ude00").toString();

        assertThat(json(ask("PUT / HTTP/1.1", "A: b", body)).path("body").textValue())
                .isEqualTo(body);
    }

    @Test
    void large_bodies_come_back_whole() throws IOException {
        run("demo/echo");
        String body = "0123456789".repeat(500_000);

        assertThat(json(ask("POST / HTTP/1.1", "A: b", body)).path("body").textValue())
                .isEqualTo(body);
    }

    @Test
    void a_head_request_gets_the_length_and_no_body() throws IOException {
        run("demo/echo");

        String answer = ask("HEAD / HTTP/1.1", "A: b", "");

        assertThat(answer).startsWith("HTTP/1.1 200").containsPattern("(?i)content-length: [1-9]");
        assertThat(answer).endsWith("\r\n\r\n");
    }

    @Test
    void health_is_ok() throws IOException {
        run("demo/anything:9");

        assertThat(ask("GET /health HTTP/1.1", "A: b", ""))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\nok");
    }

    @Test
    void the_unready_image_answers_503_to_everything() throws IOException {
        run("demo/unready:1.0.0");

        assertThat(ask("GET /health HTTP/1.1", "A: b", "")).startsWith("HTTP/1.1 503");
        assertThat(ask("GET / HTTP/1.1", "A: b", "")).startsWith("HTTP/1.1 503");
    }

    private void run(String image) {
        ContainerSpec spec = new ContainerSpec(
                "shop",
                3,
                "owner",
                image,
                new TreeMap<>(Map.of(8080, port)),
                Map.of(),
                Resources.unlimited(),
                Optional.empty());
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        runtime.start(runtime.create(spec, deadline), deadline);
    }

    private String ask(String requestLine, String header, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = requestLine + "\r\nHost: x\r\nConnection: close\r\n" + header + "\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String answer) throws IOException {
        assertThat(answer).startsWith("HTTP/1.1 200");
        return JsonMapper.builder().build().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
}
