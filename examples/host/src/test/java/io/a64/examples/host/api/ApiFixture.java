package io.a64.examples.host.api;

import io.a64.examples.host.HostClient;
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
}
