package io.a64.examples.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.examples.host.HostClient;
import io.a64.examples.host.HostClient.Answer;
import java.net.BindException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server on a free port before a fake deployer. */
abstract class ApiFixture {

    static final String TOKEN = "let-me-in";
    static final String APP = "{\"module_name\":\"app\",\"docker_image\":\"demo/app:1.0.0\",\"ports\":[\"8080:8080\"]}";

    final FakeDeployer deployer = new FakeDeployer();
    ApiServer server;
    HostClient client;

    @BeforeEach
    void start() throws BindException {
        server = ApiServer.start("127.0.0.1", 0, BearerToken.of(TOKEN), deployer);
        client = clientWith(TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    HostClient clientWith(String token) {
        return new HostClient(URI.create("http://127.0.0.1:" + server.port()), token);
    }

    /** Returns the body of an installation with one more member. */
    static String with(String member) {
        return APP.substring(0, APP.length() - 1) + "," + member + "}";
    }

    /** Expects that a body is refused before anything is done, with a message that says this. */
    void installRefused(String body, String named) {
        Answer answer = client.install(body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains(named);
        assertThat(deployer.specs).isEmpty();
    }
}
