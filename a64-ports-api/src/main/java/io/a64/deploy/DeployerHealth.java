package io.a64.deploy;

import java.util.List;
import java.util.Optional;

/**
 * Whether the parts of a deployer can do their work now.
 *
 * @param parts every part, in the order of a deployment
 */
public record DeployerHealth(List<Part> parts) {

    public DeployerHealth {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param role what it is there for: {@code allocator}, {@code records}, {@code runtime} or {@code routes}
     * @param name the name of the implementation
     * @param problem what is wrong, empty if nothing is
     */
    public record Part(String role, String name, Optional<String> problem) {}

    /** Returns whether nothing is wrong. */
    public boolean isUp() {
        return parts.stream().allMatch(part -> part.problem().isEmpty());
    }
}
