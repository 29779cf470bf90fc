package io.a64.examples.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.examples.host.HostClient.Answer;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortCallsTest extends ApiFixture {

    private static final String RESERVATIONS = "/api/v1/admin/ports/reservations";
    private static final String RESERVE = "{\"module_name\":\"app\",\"internal_ports\":[\"8080\"],\"ttl_seconds\":600}";

    private void refused(String body, String named) {
        Answer answer = client.post(RESERVATIONS, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains(named);
        assertThat(deployer.reservations).isEmpty();
    }

    @Test
    void aReservationAnswers201WithItsPortsAndItsEnd() {
        Answer answer = client.post(RESERVATIONS, RESERVE);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.response().body())
                .isEqualTo("{\"module_name\":\"app\",\"ports\":{\"8080\":9000},"
                        + "\"expires_at\":\"2025-10-19T08:10:00Z\"}");
    }

    @Test
    void portsAreReadAsAnInstallationReadsThem() {
        Answer answer = client.post(RESERVATIONS, RESERVE.replace("\"8080\"", "\"8080\",8081,\"9999:8082\""));

        assertThat(answer.status()).as(answer.detail()).isEqualTo(201);
        assertThat(Objects.requireNonNull(deployer.reservations.get("app"))
                        .ports()
                        .keySet())
                .containsExactly(8080, 8081, 8082);
    }

    @Test
    void theSameReservationAgainHasANewEnd() {
        client.post(RESERVATIONS, RESERVE);

        Answer again = client.post(RESERVATIONS, RESERVE.replace("600", "1200"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("expires_at").asText()).isEqualTo("2025-10-19T08:20:00Z");
    }

    @Test
    void otherPortsForTheSameModuleAreA409WithItsName() {
        client.post(RESERVATIONS, RESERVE);

        Answer answer = client.post(RESERVATIONS, RESERVE.replace("8080", "8081"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("module_name").asText()).isEqualTo("app");
    }

    @Test
    void anInstalledModuleIsA409WithItsName() {
        client.install(APP);

        Answer answer = client.post(RESERVATIONS, RESERVE);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("module_name").asText()).isEqualTo("app");
    }

    @Test
    void exhaustedPortsAreA503WithRangeAndCount() {
        deployer.beforeReserve = module -> {
            throw PortException.exhausted(new PortRange(9000, 9009), 1, 0, 10, 0);
        };

        Answer answer = client.post(RESERVATIONS, RESERVE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.detail()).contains("9000-9009", "10 ports");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:a64:problem:exhausted");
    }

    @Test
    void aRegistryThatIsAwayIsA503() {
        deployer.beforeReserve = module -> {
            throw new PortException(FailureKind.UNAVAILABLE, "MongoDB does not answer", null);
        };

        Answer answer = client.post(RESERVATIONS, RESERVE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.detail()).contains("MongoDB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|module_name must be given",
                "{\"module_name\":\"app\",\"ttl_seconds\":1}|internal_ports must be given",
                "{\"module_name\":\"app\",\"internal_ports\":[1]}|ttl_seconds must be given",
                "{\"module_name\":\"app\",\"internal_ports\":[1],\"ttl_seconds\":1,\"x\":1}|unknown field x",
                "{\"module_name\":\"app\",\"module_name\":\"b\"}|module_name",
                "{\"module_name\":5}|module_name must be a string",
                "[]|JSON",
                "nonsense|JSON"
            })
    void aBodyOfAnotherShapeIsRefused(String body, String named) {
        refused(body, named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"App", "-app", "health", "", "a b", "a/b"})
    void aBadNameIsRefused(String name) {
        refused(RESERVE.replace("app", name), "module_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[0]",
                "[65536]",
                "[8080.5]",
                "[null]",
                "[true]",
                "[\"x\"]",
                "[\"\"]",
                "[\"1:2:3\"]",
                "[\"8080\",8080]",
                "8080",
                "{}",
                "null"
            })
    void portsThatAreNoneAreRefused(String ports) {
        refused(RESERVE.replace("[\"8080\"]", ports), "internal_ports");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "31536001", "9223372036854775807", "99999999999999999999", "1.5", "\"600\"", "true"})
    void aTimeThatIsNoneIsRefused(String seconds) {
        refused(RESERVE.replace("600", seconds), "ttl_seconds");
    }

    @Test
    void aReservationMayLastAYear() {
        assertThat(client.post(RESERVATIONS, RESERVE.replace("600", "31536000")).status())
                .isEqualTo(201);
    }

    @Test
    void aCancelledReservationIsA204WithoutBody() {
        client.post(RESERVATIONS, RESERVE);

        Answer answer = client.delete(RESERVATIONS + "/app");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.response().body()).isEmpty();
        assertThat(answer.type()).isEqualTo("none");
        assertThat(deployer.reservations).isEmpty();
    }

    @Test
    void aReservationThatIsNotThereIsA404() {
        Answer answer = client.delete(RESERVATIONS + "/nobody");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("module_name").asText()).isEqualTo("nobody");
    }

    @Test
    void cancellingUnderABadNameIsA400() {
        assertThat(client.delete(RESERVATIONS + "/No_Name").status()).isEqualTo(400);
    }

    @Test
    void allReservationsAreShown() {
        assertThat(client.get(RESERVATIONS).response().body()).isEqualTo("{\"total\":0,\"reservations\":[]}");

        client.post(RESERVATIONS, RESERVE);

        assertThat(client.get(RESERVATIONS).response().body())
                .isEqualTo("{\"total\":1,\"reservations\":[{\"module_name\":\"app\",\"ports\":{\"8080\":9000},"
                        + "\"expires_at\":\"2025-10-19T08:10:00Z\"}]}");
    }

    @Test
    void statisticsHaveTheShapeOfAAndTellOfEveryPool() {
        client.install(APP);

        assertThat(client.get("/api/v1/admin/ports/stats").response().body())
                .isEqualTo("{\"total_allocated\":1,\"total_available\":10996,\"port_range\":\"9000-19999\","
                        + "\"allocations\":[{\"module_name\":\"app\",\"port\":9000,\"internal_port\":8080,"
                        + "\"allocated_at\":\"2025-10-19T08:00:00Z\"}],"
                        + "\"reserved\":0,\"cooling\":2,\"quarantined\":1,\"pools\":{"
                        + "\"flask\":{\"ranges\":[\"15000-15099\"],\"expansion\":[],\"size\":100,\"available\":100,"
                        + "\"allocated\":0,\"reserved\":0,\"cooling\":0,\"quarantined\":0},"
                        + "\"general\":{\"ranges\":[\"9000-19999\"],\"expansion\":[\"20000-20099\"],\"size\":11000,"
                        + "\"available\":10996,\"allocated\":1,\"reserved\":0,\"cooling\":2,\"quarantined\":1}}}");
    }

    @Test
    void theHistoryTellsWhoHeldAPortAndForHowLong() {
        Answer answer = client.get("/api/v1/admin/ports/history?module_name=app");

        assertThat(answer.response().body())
                .isEqualTo("{\"total\":1,\"tenures\":[{\"port\":9000,\"module_name\":\"app\",\"internal_port\":8080,"
                        + "\"generation\":1,\"from\":\"2025-10-19T08:00:00Z\",\"to\":\"2025-10-19T08:01:30Z\","
                        + "\"reason\":\"released\",\"seconds\":90}]}");
    }

    @Test
    void whoHoldsAPortStillHasNoEnd() {
        Answer answer = client.get("/api/v1/admin/ports/history");

        assertThat(answer.json().path("total").asInt()).isEqualTo(2);
        assertThat(answer.json().path("tenures").path(1).path("to").isNull()).isTrue();
        assertThat(answer.json().path("tenures").path(1).path("reason").isNull())
                .isTrue();
        assertThat(answer.json().path("tenures").path(1).path("seconds").asLong())
                .isPositive();
    }

    @Test
    void theForecastTellsInHowManyDaysAPoolIsFull() {
        assertThat(client.get("/api/v1/admin/ports/forecast").response().body())
                .isEqualTo("{\"pools\":[{\"pool\":\"flask\",\"ports_per_day\":-1.5,\"observed_seconds\":7200,"
                        + "\"full_in_days\":null},{\"pool\":\"general\",\"ports_per_day\":2.5,"
                        + "\"observed_seconds\":604800,\"full_in_days\":1.5}]}");
    }
}
