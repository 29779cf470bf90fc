package io.a64.examples.host.api;

import io.a64.deploy.DeployerHealth;
import io.a64.deploy.ModuleDeployer;
import io.a64.examples.host.json.HealthJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the platform itself is. */
final class PlatformCalls {

    private final ModuleDeployer deployer;

    PlatformCalls(ModuleDeployer deployer) {
        this.deployer = deployer;
    }

    /** Returns the endpoints that need no token. */
    List<Endpoint> openEndpoints() {
        return List.of(Endpoint.of("GET", "/health", (name, exchange) -> health()));
    }

    private Answer health() {
        DeployerHealth health = deployer.health();
        if (health.isUp()) {
            return Answer.ok(HealthJson.up(health));
        }
        List<DeployerHealth.Part> down = health.parts().stream()
                .filter(part -> part.problem().isPresent())
                .toList();
        String detail = down.stream()
                .map(part -> part.role() + " (" + part.name() + ") is down: "
                        + part.problem().orElseThrow())
                .collect(Collectors.joining("; "));
        Map<String, Object> members = new LinkedHashMap<>();
        health.parts().forEach(part -> members.put(part.role(), part.name()));
        members.put("down", down.stream().map(DeployerHealth.Part::role).toList());
        throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE, detail).with(members));
    }
}
