package io.a64.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.examples.host.HostClient.Answer;
import io.a64.test.services.FreePort;
import io.a64.test.services.NginxProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar with MongoDB, Docker and an NGINX that runs on the configuration it prints. */
@RequiresService({Service.MONGODB, Service.DOCKER, Service.NGINX})
class HostRealServicesIT {

    private static final String TOKEN = "it-token";
    private static final String MODULES = "/api/v1/modules/";

    private final String suffix = Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);
    private final String database = "a64_host_it_" + suffix;
    private final int listen = FreePort.find();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private NginxProcess nginx;

    @SuppressWarnings("NullAway.Init")
    private HostProcess host;

    @BeforeEach
    void start() throws IOException {
        Path conf = folder.resolve("nginx.conf");
        Files.createDirectories(folder.resolve("conf.d"));
        HostProcess.Ended printed = HostProcess.run(folder.resolve("print.log"), variables(), "--print-nginx-conf");
        assertThat(printed.code()).as(printed.err()).isZero();
        Files.writeString(conf, printed.out());
        nginx = NginxProcess.start(folder, conf, listen);
        host = startHost();
    }

    @AfterEach
    void stop() {
        host.client(TOKEN)
                .get(MODULES + "installed")
                .json()
                .path("modules")
                .forEach(module -> host.client(TOKEN)
                        .delete(MODULES + module.path("module_name").asText()));
        host.close();
        nginx.close();
        try (MongoClient mongo = MongoClients.create(Service.mongodbUri())) {
            mongo.getDatabase(database).drop();
        }
    }

    private HostProcess startHost() {
        return HostProcess.start(folder.resolve("host.log"), variables());
    }

    private Map<String, String> variables() {
        int first = Math.min(FreePort.find(), 65_000);
        return Map.ofEntries(
                Map.entry("A64_HTTP_PORT", "0"),
                Map.entry("A64_API_TOKEN", TOKEN),
                Map.entry("A64_MONGODB_URI", MongoUri.of(database)),
                Map.entry("A64_DOCKER_HOST", Service.dockerHost()),
                Map.entry("A64_DOCKER_NETWORK", "auto"),
                Map.entry("A64_NGINX_CONFIG_DIR", folder.resolve("conf.d").toString()),
                Map.entry("A64_NGINX_BINARY", Service.nginxBinary().toString()),
                Map.entry("A64_NGINX_MAIN_CONF", folder.resolve("nginx.conf").toString()),
                Map.entry("A64_NGINX_PREFIX", folder.toString()),
                Map.entry("A64_NGINX_LISTEN", Integer.toString(listen)),
                Map.entry("A64_PORT_RANGE", first + "-" + (first + 100)),
                Map.entry("A64_PORT_COOLDOWN", "PT0S"));
    }

    private String module(String name) {
        return "{\"module_name\":\"" + name + "\",\"docker_image\":\"" + Service.DEMO_IMAGE
                + "\",\"ports\":[\"8080\"],\"environment\":{\"DEMO_GREETING\":\"hello\"},"
                + "\"route\":{\"type\":\"path\",\"readiness\":{\"path\":\"/health\",\"timeout_seconds\":30}},"
                + "\"resources\":{\"memory\":\"64m\",\"cpus\":0.5}}";
    }

    private static HostClient outside(Answer installed) {
        return new HostClient(
                URI.create(installed.json().path("urls").path("proxy").asText()), "");
    }

    @Test
    void anImageGoesInAndALiveUrlComesOut() {
        HostClient client = host.client(TOKEN);
        String name = "host-it-" + suffix;
        assertThat(client.get("/health").response().body())
                .isEqualTo("{\"status\":\"up\",\"allocator\":\"mongodb\",\"runtime\":\"docker\",\"routes\":\"nginx\"}");

        Answer installed = client.install(module(name));

        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);
        assertThat(installed.json().path("urls").path("proxy").asText())
                .isEqualTo("http://localhost:" + listen + "/" + name + "/");
        Answer reached = outside(installed).get("a/b?x=1");
        assertThat(reached.status()).isEqualTo(200);
        assertThat(reached.response().body()).contains("/a/b");
        assertThat(folder.resolve("conf.d/modules/" + name + ".conf")).exists();
        assertThat(client.install(module(name)).status()).isEqualTo(409);
        assertThat(client.get(MODULES + name + "/ports").json().path("allocated_ports"))
                .isEqualTo(installed.json().path("allocated_ports"));
        assertThat(statuses()).containsExactly("active");

        Answer removed = client.delete(MODULES + name);

        assertThat(removed.status()).as(removed.response().body()).isEqualTo(200);
        assertThat(outside(installed).get("a/b").status()).isEqualTo(404);
        assertThat(folder.resolve("conf.d/modules/" + name + ".conf")).doesNotExist();
        assertThat(statuses()).containsExactly("released");
    }

    @Test
    void modulesSurviveTheHost() {
        String name = "host-it-" + suffix;
        Answer installed = host.client(TOKEN).install(module(name));
        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);

        assertThat(host.terminate()).isIn(0, 143);

        assertThat(outside(installed).get("a").status()).isEqualTo(200);
        host = startHost();
        assertThat(host.client(TOKEN).get(MODULES + name).json().path("urls"))
                .isEqualTo(installed.json().path("urls"));
        assertThat(host.client(TOKEN).delete(MODULES + name).status()).isEqualTo(200);
    }

    @Test
    void aModuleThatFailsLeavesNothing() {
        HostClient client = host.client(TOKEN);
        String name = "host-it-" + suffix;

        Answer noImage = client.install(module(name).replace(Service.DEMO_IMAGE, "localhost:1/none:1"));
        Answer exits = client.install(module(name).replace("DEMO_GREETING\":\"hello", "DEMO_MODE\":\"exit"));

        assertThat(noImage.status()).as(noImage.response().body()).isEqualTo(422);
        assertThat(noImage.json().path("step").asText()).isEqualTo("create");
        assertThat(exits.status()).as(exits.response().body()).isEqualTo(422);
        assertThat(exits.json().path("evidence")).isNotEmpty();
        assertThat(client.get(MODULES + "installed").json().path("total").asInt())
                .isZero();
        assertThat(client.get("/api/v1/admin/ports/stats")
                        .json()
                        .path("total_allocated")
                        .asInt())
                .isZero();
    }

    @Test
    void reservedPortsOutlastAContainerThatFailsOnThem() {
        HostClient client = host.client(TOKEN);
        String name = "host-it-" + suffix;
        Answer reserved = client.post(
                "/api/v1/admin/ports/reservations",
                "{\"module_name\":\"" + name + "\",\"internal_ports\":[8080],\"ttl_seconds\":600}");
        assertThat(reserved.status()).as(reserved.response().body()).isEqualTo(201);

        Answer exits = client.install(module(name).replace("DEMO_GREETING\":\"hello", "DEMO_MODE\":\"exit"));
        Answer installed = client.install(module(name));

        assertThat(exits.status()).as(exits.response().body()).isEqualTo(422);
        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);
        assertThat(installed.json().path("allocated_ports"))
                .isEqualTo(reserved.json().path("ports"));
    }

    private List<String> statuses() {
        try (MongoClient mongo = MongoClients.create(Service.mongodbUri())) {
            return mongo.getDatabase(database)
                    .getCollection("port_registry")
                    .find(new Document("module_name", "host-it-" + suffix))
                    .map(document -> document.getString("status"))
                    .into(new ArrayList<>());
        }
    }
}
