package io.a64.examples.host.json;

import io.a64.deploy.DeployerHealth;

/**
 * The parts of a host that can do its work.
 *
 * @param status {@code up}
 * @param allocator the name of the allocator
 * @param runtime the name of the container runtime
 * @param routes the name of the route writer
 */
public record HealthJson(String status, String allocator, String runtime, String routes) {

    /** Shows the health of a deployer that is up. */
    public static HealthJson up(DeployerHealth health) {
        return new HealthJson("up", name(health, "allocator"), name(health, "runtime"), name(health, "routes"));
    }

    private static String name(DeployerHealth health, String role) {
        return health.parts().stream()
                .filter(part -> part.role().equals(role))
                .map(DeployerHealth.Part::name)
                .findFirst()
                .orElse("none");
    }
}
