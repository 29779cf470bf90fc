package io.a64.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.examples.host.HostClient.Answer;
import io.a64.test.services.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed jar, embedded, from outside. */
class HostJarIT {

    private static final String MODULES = "/api/v1/modules/";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private HostProcess host;

    @SuppressWarnings("NullAway.Init")
    private HostClient client;

    @BeforeEach
    void start() {
        host = HostProcess.start(folder.resolve("host.log"), embedded());
        client = host.client();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static Map<String, String> embedded() {
        int first = Math.min(FreePort.find(), 65_000);
        return new HashMap<>(
                Map.of("A64_HTTP_PORT", "0", "A64_ROUTER_PORT", "0", "A64_PORT_RANGE", first + "-" + (first + 100)));
    }

    private static String module(String name, String image) {
        return "{\"module_name\":\"" + name + "\",\"docker_image\":\"" + image + "\",\"ports\":[\"9999:8080\",8081],"
                + "\"version\":\"1.0.0\",\"route\":{\"type\":\"path\","
                + "\"readiness\":{\"path\":\"/health\",\"timeout_seconds\":3}}}";
    }

    private static HostClient outside(URI uri) {
        return new HostClient(uri, "");
    }

    @Test
    void itPrintsTheTokenAndThenThatItIsReady() {
        assertThat(host.lines()).hasSize(2);
        assertThat(host.lines().get(0)).matches("A64 API token: \\S{20,}");
        assertThat(host.lines().get(1)).matches("A64 host ready: http://127\\.0\\.0\\.1:[1-9][0-9]*");
        assertThat(client.get("/health").response().body())
                .isEqualTo(
                        "{\"status\":\"up\",\"allocator\":\"memory\",\"runtime\":\"memory\",\"routes\":\"embedded\"}");
    }

    @Test
    void aModuleIsReachedByTheVeryNextRequestAndGoneAfterItsRemoval() {
        Answer installed = client.install(module("shop", "demo/shop:1.0.0"));
        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);
        URI proxy = URI.create(installed.json().path("urls").path("proxy").asText());
        URI direct =
                URI.create(installed.json().path("urls").path("direct").path(0).asText());

        Answer reached = outside(proxy).get("a/b?x=1");
        assertThat(reached.status()).isEqualTo(200);
        assertThat(reached.json().path("module").asText()).isEqualTo("shop");
        assertThat(reached.json().path("path").asText()).isEqualTo("/a/b");
        assertThat(reached.json().path("query").asText()).isEqualTo("x=1");
        assertThat(outside(direct).get("/").status()).isEqualTo(200);

        assertThat(client.get(MODULES + "installed").json().path("modules").path(0))
                .isEqualTo(client.get(MODULES + "shop").json())
                .isEqualTo(installed.json());
        assertThat(client.get(MODULES + "shop/ports").json().path("allocated_ports"))
                .isEqualTo(installed.json().path("allocated_ports"));
        assertThat(client.get("/api/v1/admin/ports/stats")
                        .json()
                        .path("total_allocated")
                        .asInt())
                .isEqualTo(2);

        Answer removed = client.delete(MODULES + "shop");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.json().path("released_ports")).hasSize(2);
        assertThat(outside(proxy).get("a/b").status()).isEqualTo(404);
        assertThat(client.get(MODULES + "shop").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"demo/broken:1,ready", "demo/unready:1,ready", "other/image:1,create"})
    void aModuleThatFailsLeavesNothing(String image, String step) {
        Answer answer = client.install(module("bad", image));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("module_name").asText()).isEqualTo("bad");
        assertThat(answer.json().path("step").asText()).isEqualTo(step);
        assertThat(answer.json().path("evidence")).isNotEmpty();
        assertThat(client.get(MODULES + "installed").json().path("total").asInt())
                .isZero();
        assertThat(client.get("/api/v1/admin/ports/stats")
                        .json()
                        .path("total_allocated")
                        .asInt())
                .isZero();
    }

    @Test
    void sigtermEndsIt() {
        client.install(module("shop", "demo/shop:1.0.0"));

        assertThat(host.terminate()).isIn(0, 143);
    }

    @Test
    void aSecondHostOnTheSamePortEndsWithOneLine() {
        Map<String, String> same = embedded();
        same.put("A64_HTTP_PORT", Integer.toString(host.uri().getPort()));

        HostProcess.Ended ended = HostProcess.run(folder.resolve("second.log"), same);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("A64_HTTP_PORT is \"" + host.uri().getPort() + "\"; accepted: ");
    }

    @Test
    void exhaustedPortsAreA503WithRangeAndCount() {
        Map<String, String> small = embedded();
        int only = FreePort.find();
        small.put("A64_PORT_RANGE", only + "-" + only);
        try (HostProcess other = HostProcess.start(folder.resolve("small.log"), small)) {
            Answer answer = other.client().install(module("shop", "demo/shop:1.0.0"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.detail()).contains(only + "-" + only, "2 wanted", "1 ports");
        }
    }

    @Test
    void aServiceThatIsDownIsNamedWith503WhileTheHostRuns() {
        Map<String, String> down = embedded();
        down.put("A64_DOCKER_HOST", "tcp://127.0.0.1:" + FreePort.find());
        try (HostProcess other = HostProcess.start(folder.resolve("down.log"), down)) {
            Answer health = other.client().get("/health");
            Answer answer = other.client().install(module("shop", "demo/shop:1.0.0"));

            assertThat(health.status()).isEqualTo(503);
            assertThat(health.detail()).contains("runtime (docker) is down");
            assertThat(health.json().path("runtime").asText()).isEqualTo("docker");
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.detail()).contains("Docker");
            assertThat(other.client()
                            .get("/api/v1/admin/ports/stats")
                            .json()
                            .path("total_allocated")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void policiesRefuseWith403() {
        Map<String, String> strict = embedded();
        strict.put("A64_ALLOWED_REGISTRIES", "localhost:5000");
        strict.put("A64_API_TOKEN", "chosen");
        try (HostProcess other = HostProcess.start(folder.resolve("strict.log"), strict)) {
            assertThat(other.lines()).hasSize(1);
            Answer answer = other.client("chosen").install(module("shop", "demo/shop:1.0.0"));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.detail()).contains("docker.io");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A64_NGINX_CONTAINER,/proxy",
        "A64_NGINX_MANAGED,true",
        "A64_PORT_RANGE,none",
        "A64_PORT_POOLS,general=30000",
        "A64_PORT_QUARANTINE,PT0S",
        "A64_PORT_STRATEGY,random",
        "A64_LICENSE_PUBLIC_KEY,AAAA"
    })
    void aVariableThatCannotBeUsedEndsItWithOneLine(String variable, String value) {
        HostProcess.Ended ended = HostProcess.run(folder.resolve("ended.log"), Map.of(variable, value));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith(variable + " is \"" + value + "\"; accepted: ");
    }

    @Test
    void itsOptionsPrintAndEnd() {
        Path log = folder.resolve("options.log");

        assertThat(HostProcess.run(log, Map.of(), "--version").out()).matches("a64-host [0-9].*\\R");
        assertThat(HostProcess.run(log, Map.of(), "--help").out()).contains("A64_LICENSE_PUBLIC_KEY", "A64_PORT_POOLS");
        assertThat(HostProcess.run(log, Map.of(), "--frobnicate").code()).isEqualTo(2);
    }

    @Test
    void itPrintsWhatNginxNeeds() {
        Path log = folder.resolve("nginx.log");
        Map<String, String> nginx = Map.of("A64_NGINX_CONFIG_DIR", folder.toString(), "A64_NGINX_LISTEN", "8099");

        HostProcess.Ended main = HostProcess.run(log, nginx, "--print-nginx-conf");
        HostProcess.Ended include = HostProcess.run(log, nginx, "--print-nginx-include");

        assertThat(main.code()).as(main.err()).isZero();
        assertThat(main.out()).contains("http {", "listen 8099");
        assertThat(include.code()).as(include.err()).isZero();
        assertThat(include.out()).contains("http {}", "server {}");
    }

    @Test
    void withoutItsDirectoryThereIsNothingToPrintForNginx() {
        HostProcess.Ended ended = HostProcess.run(folder.resolve("nginx.log"), Map.of(), "--print-nginx-conf");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("A64_NGINX_CONFIG_DIR is not set; accepted: ");
    }
}
