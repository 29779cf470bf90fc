package io.a64.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.a64.examples.host.HostClient.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packed jar does with ports, whatever keeps the registry. */
abstract class PortCallsFromOutside {

    private static final String RESERVATIONS = "/api/v1/admin/ports/reservations";
    private static final String MODULES = "/api/v1/modules/";

    private final PortBlock block = PortBlock.free(6);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private HostProcess host;

    @SuppressWarnings("NullAway.Init")
    private HostClient client;

    /** Returns the variables that choose the registry. */
    abstract Map<String, String> registry();

    private void start(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(Map.of(
                "A64_HTTP_PORT", "0",
                "A64_ROUTER_PORT", "0",
                "A64_PORT_RANGE", block.range(),
                "A64_PORT_COOLDOWN", "PT10M"));
        all.putAll(registry());
        all.putAll(variables);
        host = HostProcess.start(folder.resolve("host.log"), all);
        client = host.client();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Answer reserve(String module, String internalPorts, long seconds) {
        return client.post(
                RESERVATIONS,
                "{\"module_name\":\"" + module + "\",\"internal_ports\":" + internalPorts + ",\"ttl_seconds\":"
                        + seconds + "}");
    }

    private Answer install(String module, String image, String more) {
        return client.install("{\"module_name\":\"" + module + "\",\"docker_image\":\"" + image + "\","
                + "\"route\":{\"readiness\":{\"timeout_seconds\":3}}," + more + "}");
    }

    private Answer install(String module) {
        return install(module, "demo/app:1", "\"ports\":[8080]");
    }

    private JsonNode stats() {
        return client.get("/api/v1/admin/ports/stats").json();
    }

    /** Every port of the range is in exactly one state, and the platform's counts are those of its only used pool. */
    private void countsAre(int allocated, int available, int reserved, int cooling, int quarantined) {
        JsonNode stats = stats();
        JsonNode general = stats.path("pools").path("general");
        assertThat(stats.path("total_allocated").asInt()).as("allocated").isEqualTo(allocated);
        assertThat(stats.path("total_available").asInt()).as("available").isEqualTo(available);
        assertThat(stats.path("reserved").asInt()).as("reserved").isEqualTo(reserved);
        assertThat(stats.path("cooling").asInt()).as("cooling").isEqualTo(cooling);
        assertThat(stats.path("quarantined").asInt()).as("quarantined").isEqualTo(quarantined);
        assertThat(general.path("allocated").asInt()).isEqualTo(allocated);
        assertThat(general.path("available").asInt()).isEqualTo(available);
        assertThat(allocated + available + reserved + cooling + quarantined)
                .as("the general range's size")
                .isEqualTo(general.path("size").asInt());
    }

    private static int port(Answer installed) {
        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);
        return installed.json().path("allocated_ports").path("8080").asInt();
    }

    @Test
    void anInstallationGetsExactlyThePortsThatWereReserved() {
        start(Map.of());
        Answer reserved = reserve("app", "[\"8080\",\"9999:8081\"]", 600);
        assertThat(reserved.status()).as(reserved.response().body()).isEqualTo(201);
        int other = port(install("other"));

        Answer installed = install("app", "demo/app:1", "\"ports\":[8081,8080]");

        assertThat(installed.status()).as(installed.response().body()).isEqualTo(201);
        assertThat(installed.json().path("allocated_ports"))
                .isEqualTo(reserved.json().path("ports"));
        assertThat(other).isEqualTo(block.first() + 2);
        assertThat(client.get(RESERVATIONS).response().body()).isEqualTo("{\"total\":0,\"reservations\":[]}");
    }

    @Test
    void aFailedInstallationLeavesTheReservationStanding() {
        start(Map.of());
        Answer reserved = reserve("app", "[8080]", 600);

        Answer noImage = install("app", "other/image:1", "\"ports\":[8080]");
        Answer broken = install("app", "demo/broken:1", "\"ports\":[8080]");

        assertThat(noImage.status()).isEqualTo(422);
        assertThat(broken.status()).isEqualTo(422);
        assertThat(client.get(RESERVATIONS).json().path("reservations").path(0)).isEqualTo(reserved.json());
        assertThat(port(install("other"))).isEqualTo(block.first() + 1);
        assertThat(port(install("app"))).isEqualTo(block.first());
    }

    @Test
    void anExpiredReservationFreesItsPortWithinTenSeconds() {
        start(Map.of("A64_PORT_RANGE", block.first() + "-" + block.first()));
        assertThat(reserve("app", "[8080]", 1).status()).isEqualTo(201);
        assertThat(install("other").status()).isEqualTo(503);

        await("the expired reservation's port is handed out")
                .atMost(Duration.ofSeconds(11))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(port(install("other"))).isEqualTo(block.first()));

        assertThat(client.delete(RESERVATIONS + "/app").status()).isEqualTo(404);
    }

    @Test
    void everyPortIsCountedOnceWhateverHappens() throws IOException {
        start(Map.of());
        countsAre(0, 6, 0, 0, 0);
        reserve("app", "[8080,8081]", 600);
        countsAre(0, 4, 2, 0, 0);
        install("app", "demo/app:1", "\"ports\":[8080,8081]");
        countsAre(2, 4, 0, 0, 0);
        client.delete(MODULES + "app");
        countsAre(0, 4, 0, 2, 0);
        try (ServerSocket foreign = PortBlock.occupy(block.first() + 2)) {
            assertThat(port(install("shop"))).isEqualTo(foreign.getLocalPort() + 1);
            countsAre(1, 2, 0, 2, 1);
        }
    }

    @Test
    void aPortThatSomethingElseHoldsIsSkippedAndQuarantined() throws IOException {
        start(Map.of());
        try (ServerSocket foreign = PortBlock.occupy(block.first())) {
            assertThat(port(install("app"))).isEqualTo(block.first() + 1);

            assertThat(stats().path("quarantined").asInt()).isEqualTo(1);
            assertThat(Files.readAllLines(folder.resolve("host.log")))
                    .filteredOn(line -> line.contains(Integer.toString(foreign.getLocalPort())))
                    .singleElement()
                    .asString()
                    .contains("port event: port_quarantined port=" + block.first() + " module=app evidence=");
        }
    }

    @Test
    void reservedPortsAreNeverHandedOutWhoeverAsks() {
        start(Map.of(
                "A64_RESERVED_PORTS", block.first() + "," + (block.first() + 3) + "-" + (block.first() + 4),
                "A64_PORT_POOLS", "media=" + (block.first() + 4) + "-" + block.last()));

        assertThat(reserve("app", "[8080]", 600)
                        .json()
                        .path("ports")
                        .path("8080")
                        .asInt())
                .isEqualTo(block.first() + 1);
        assertThat(port(install("one"))).isEqualTo(block.first() + 2);
        assertThat(port(install("film", "demo/app:1", "\"ports\":[8080],\"port_pool\":\"media\"")))
                .isEqualTo(block.last());
        Answer more = install("two");
        Answer moreFilms = install("clip", "demo/app:1", "\"ports\":[8080],\"port_pool\":\"media\"");
        assertThat(more.status()).isEqualTo(503);
        assertThat(more.detail()).contains(block.range(), "2 ports");
        assertThat(moreFilms.status()).isEqualTo(503);
        assertThat(moreFilms.detail()).contains("pool media", "1 ports");
    }

    @Test
    void aModuleMayAskForAPartOfTheRange() {
        start(Map.of());

        Answer installed = install(
                "app",
                "demo/app:1",
                "\"ports\":[8080],\"port_range\":\"" + (block.first() + 4) + "-" + block.last() + "\"");

        assertThat(port(installed)).isEqualTo(block.first() + 4);
    }

    @Test
    void aReservationIsExtendedRefusedAndCancelled() {
        start(Map.of());
        Answer first = reserve("app", "[8080]", 60);
        Answer again = reserve("app", "[8080]", 600);
        Answer otherPorts = reserve("app", "[8081]", 600);
        Answer tooMany = reserve("big", "[1,2,3,4,5,6,7]", 600);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("ports")).isEqualTo(first.json().path("ports"));
        assertThat(again.json().path("expires_at").asText())
                .isGreaterThan(first.json().path("expires_at").asText());
        assertThat(otherPorts.status()).isEqualTo(409);
        assertThat(tooMany.status()).isEqualTo(503);
        assertThat(tooMany.header("Retry-After")).isEqualTo("5");
        assertThat(tooMany.detail()).contains("7 wanted", block.range(), "6 ports");
        assertThat(client.delete(RESERVATIONS + "/app").status()).isEqualTo(204);
        assertThat(client.delete(RESERVATIONS + "/app").status()).isEqualTo(404);
        countsAre(0, 6, 0, 0, 0);
        port(install("app"));
        assertThat(reserve("app", "[8080]", 60).status()).isEqualTo(409);
    }

    @Test
    void theHistoryTellsWhoHeldAPort() {
        start(Map.of("A64_PORT_COOLDOWN", "PT0S"));
        install("one");
        client.delete(MODULES + "one");
        install("two");

        JsonNode all = client.get("/api/v1/admin/ports/history").json();
        JsonNode one = client.get("/api/v1/admin/ports/history?module_name=one").json();
        JsonNode forecast = client.get("/api/v1/admin/ports/forecast").json();

        assertThat(all.path("total").asInt()).isEqualTo(2);
        assertThat(all.path("tenures").path(1).path("module_name").asText()).isEqualTo("two");
        assertThat(all.path("tenures").path(1).path("to").isNull()).isTrue();
        assertThat(one.path("total").asInt()).isEqualTo(1);
        assertThat(one.path("tenures").path(0).path("port").asInt()).isEqualTo(block.first());
        assertThat(one.path("tenures").path(0).path("reason").asText()).isEqualTo("released");
        assertThat(forecast.path("pools").findValuesAsText("pool")).contains("general", "flask");
    }
}
