package io.a64.examples.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.examples.host.HostClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest extends ApiFixture {

    private static final String INSTALL = "/api/v1/modules/install";

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/modules/installed",
        "GET,/api/v1/modules/nobody",
        "GET,/api/v1/nothing",
        "GET,/nothing",
        "PUT,/api/v1/modules/installed",
        "POST,/api/v1/modules/install",
        "POST,/api/v1/admin/ports/reservations",
        "PUT,/api/v1/admin/ports/reservations",
        "DELETE,/api/v1/admin/ports/reservations/nobody"
    })
    void withoutTokenEverythingIs401(String method, String path) {
        for (String wrong : new String[] {"", "let-me-i", "let-me-in-", "LET-ME-IN"}) {
            Answer answer = clientWith(wrong).call(method, path);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.type()).isEqualTo("application/problem+json");
        }
    }

    @Test
    void aWrongTokenIsToldFromNone() {
        String path = "/api/v1/modules/installed";
        assertThat(clientWith("guessed").call("GET", path).detail())
                .contains("the token in the header Authorization is wrong");
        assertThat(send(path, "Basic let-me-in").detail()).contains("this call needs the header");
    }

    @Test
    void theSchemeIsCaseInsensitiveAndAnotherSchemeIsRefused() {
        String path = "/api/v1/modules/installed";
        assertThat(status(path, "bearer let-me-in")).isEqualTo(200);
        assertThat(status(path, "Basic let-me-in")).isEqualTo(401);
        assertThat(status(path, "let-me-in")).isEqualTo(401);
    }

    private int status(String path, String authorization) {
        return send(path, authorization).status();
    }

    private Answer send(String path, String authorization) {
        return clientWith("").send(clientWith("").request(path).header("Authorization", authorization));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/api/v1/modules/install|POST",
                "DELETE|/api/v1/modules/installed|GET, HEAD",
                "POST|/api/v1/modules/installed|DELETE, GET, HEAD",
                "PUT|/api/v1/modules/app|DELETE, GET, HEAD",
                "POST|/api/v1/admin/ports/stats|GET, HEAD",
                "DELETE|/api/v1/admin/ports/history|GET, HEAD",
                "PUT|/api/v1/admin/ports/forecast|GET, HEAD",
                "DELETE|/api/v1/admin/ports/reservations|GET, HEAD, POST",
                "GET|/api/v1/admin/ports/reservations/app|DELETE",
                "POST|/health|GET, HEAD"
            })
    void theWrongMethodIsA405WithWhatIsAllowed(String method, String path, String allowed) {
        Answer answer = client.call(method, path);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1",
                "/api/v1/modules",
                "/api/v1/modules/installed/",
                "/api/v1/modules/app/events",
                "/api/v1/admin/reconcile",
                "/api/v1/admin/ports",
                "/api/v1/admin/ports/reservations/app/more",
                "/metrics"
            })
    void whatIsNotThereIsA404Problem(String path) {
        Answer answer = client.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("application/problem+json");
    }

    @Test
    void aHeadIsAGetWithoutBody() {
        Answer answer = client.call("HEAD", "/api/v1/modules/installed");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json;charset=latin1", "application/jsonx"})
    void anotherContentTypeIsA415(String type) {
        assertThat(client.post(INSTALL, type, BodyPublishers.ofString(APP)).status())
                .isEqualTo(415);
    }

    @Test
    void noContentTypeIsA415() {
        assertThat(client.send(client.request(INSTALL).POST(BodyPublishers.ofString(APP)))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aContentTypeWithCharsetIsAccepted() {
        assertThat(client.post(INSTALL, "Application/JSON; charset=\"UTF-8\"", BodyPublishers.ofString(APP))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aBodyOverOneMebibyteIsA413WithAndWithoutItsLengthBeingTold() {
        byte[] large = APP.concat(" ".repeat((1 << 20) + 1 - APP.length())).getBytes(StandardCharsets.UTF_8);

        Answer told = client.post(INSTALL, "application/json", BodyPublishers.ofByteArray(large));
        Answer untold = client.post(
                INSTALL, "application/json", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

        assertThat(told.status()).isEqualTo(413);
        assertThat(told.type()).isEqualTo("application/problem+json");
        assertThat(untold.status()).isEqualTo(413);
        assertThat(deployer.specs).isEmpty();
    }

    @Test
    void aBodyOfOneMebibyteIsRead() {
        String largest = APP + " ".repeat((1 << 20) - APP.length());

        assertThat(client.install(largest).status()).isEqualTo(201);
    }

    @Test
    void aClientThatWaitsForContinueIsTold() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5000);
            String head = "POST " + INSTALL + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + APP.length()
                    + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");

            socket.getOutputStream().write(APP.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 201");
        }
    }

    @Test
    void healthNeedsNoTokenAndNamesTheParts() {
        Answer answer = clientWith("").get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body())
                .isEqualTo("{\"status\":\"up\",\"allocator\":\"mongodb\",\"runtime\":\"docker\",\"routes\":\"nginx\"}");
    }

    @Test
    void healthIsA503ThatNamesThePartThatIsDown() {
        deployer.dockerProblem = Optional.of("no answer at unix:///var/run/docker.sock");

        Answer answer = clientWith("").get("/health");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.detail()).contains("runtime (docker)", "no answer at");
        assertThat(answer.json().path("down").toString()).isEqualTo("[\"runtime\"]");
    }
}
