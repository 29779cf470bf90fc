package io.a64.deploy;

import java.util.List;

/**
 * A module that was taken away.
 *
 * @param module the module's name
 * @param releasedPorts the external ports it gave back, sorted
 */
public record Undeployment(String module, List<Integer> releasedPorts) {

    public Undeployment {
        releasedPorts = releasedPorts.stream().sorted().toList();
    }
}
