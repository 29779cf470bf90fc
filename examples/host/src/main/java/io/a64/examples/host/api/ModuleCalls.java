package io.a64.examples.host.api;

import io.a64.ModuleName;
import io.a64.deploy.Deployment;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.Undeployment;
import io.a64.examples.host.json.InstallBody;
import io.a64.examples.host.json.Json;
import io.a64.examples.host.json.ModuleJson;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Install, uninstall, look. */
final class ModuleCalls {

    private final ModuleDeployer deployer;

    ModuleCalls(ModuleDeployer deployer) {
        this.deployer = deployer;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of("POST", "/api/v1/modules/install", this::install),
                Endpoint.of("GET", "/api/v1/modules/installed", (name, exchange) -> installed()),
                Endpoint.of("GET", "/api/v1/modules/{name}", (name, exchange) -> Answer.ok(ModuleJson.of(found(name)))),
                Endpoint.of("DELETE", "/api/v1/modules/{name}", (name, exchange) -> uninstall(name)),
                Endpoint.of(
                        "GET",
                        "/api/v1/modules/{name}/ports",
                        (name, exchange) -> Answer.ok(ModuleJson.Ports.of(found(name)))));
    }

    private Answer install(String name, HttpServerExchange exchange) throws IOException {
        InstallBody body = Json.read(RequestBody.read(exchange), InstallBody.class);
        return Answer.created(ModuleJson.of(deployer.deploy(body.spec())));
    }

    private Answer uninstall(String name) {
        Undeployment done = deployer.undeploy(ModuleName.require("module_name", name));
        return Answer.ok(new ModuleJson.Uninstalled(done.module(), done.releasedPorts()));
    }

    private Answer installed() {
        return Answer.ok(ModuleJson.ListOf.of(deployer.list()));
    }

    private Deployment found(String name) {
        return deployer.find(ModuleName.require("module_name", name))
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.NOT_FOUND, "there is no module " + name)
                        .with(Map.of("module_name", name))));
    }
}
