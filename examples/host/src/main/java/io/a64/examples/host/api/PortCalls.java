package io.a64.examples.host.api;

import io.a64.ModuleName;
import io.a64.deploy.ModuleDeployer;
import io.a64.examples.host.json.Json;
import io.a64.examples.host.json.PortForecastJson;
import io.a64.examples.host.json.PortHistoryJson;
import io.a64.examples.host.json.PortStatsJson;
import io.a64.examples.host.json.ReservationBody;
import io.a64.examples.host.json.ReservationJson;
import io.a64.ports.PortException;
import io.a64.ports.PortTenure;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is taken of the ports, by whom, and what is set aside. */
final class PortCalls {

    private static final String PORTS = "/api/v1/admin/ports/";
    private static final String MODULE_NAME = "module_name";

    private final ModuleDeployer deployer;

    PortCalls(ModuleDeployer deployer) {
        this.deployer = deployer;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("GET", PORTS + "stats", (name, exchange) -> stats()),
                Endpoint.of("GET", PORTS + "history", this::history),
                Endpoint.of("GET", PORTS + "forecast", (name, exchange) -> forecast()),
                Endpoint.of("GET", PORTS + "reservations", (name, exchange) -> reservations()),
                Endpoint.of("POST", PORTS + "reservations", this::reserve),
                Endpoint.of("DELETE", PORTS + "reservations/{name}", (name, exchange) -> cancel(name)));
    }

    private Answer stats() {
        return Answer.ok(PortStatsJson.of(deployer.portStatistics()));
    }

    private Answer history(String name, HttpServerExchange exchange) {
        Optional<String> module = Optional.ofNullable(
                        exchange.getQueryParameters().get(MODULE_NAME))
                .map(Deque::getFirst);
        List<PortTenure> tenures = deployer.portHistory().stream()
                .filter(tenure -> module.map(tenure.module()::equals).orElse(true))
                .toList();
        return Answer.ok(PortHistoryJson.of(tenures, Instant.now()));
    }

    private Answer forecast() {
        return Answer.ok(PortForecastJson.of(deployer.portForecast()));
    }

    private Answer reservations() {
        return Answer.ok(ReservationJson.ListOf.of(deployer.portReservations()));
    }

    private Answer reserve(String name, HttpServerExchange exchange) throws IOException {
        ReservationBody body = Json.read(RequestBody.read(exchange), ReservationBody.class);
        try {
            return Answer.created(ReservationJson.of(deployer.reservePorts(body.module(), body.ports(), body.ttl())));
        } catch (PortException e) {
            throw new ProblemException(Problems.of(e).with(Map.of(MODULE_NAME, body.module())));
        }
    }

    private Answer cancel(String name) {
        String module = ModuleName.require(MODULE_NAME, name);
        if (!deployer.cancelPortReservation(module)) {
            throw new ProblemException(
                    Problem.of(ProblemType.NOT_FOUND, "module " + module + " has no reservation of ports")
                            .with(Map.of(MODULE_NAME, module)));
        }
        return Answer.noContent();
    }
}
