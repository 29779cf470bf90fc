package io.a64.ports;

import io.a64.InvalidInputException;
import io.a64.ModuleName;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A wish for one external port per internal port.
 *
 * @param module the module that will hold the ports
 * @param generation the generation of the module, from 1; every generation holds ports of its own
 * @param owner identifies the one deployment that asks, unique over all hosts; who does not know it can neither
 *     renew nor release. The same request with the same owner gets the same ports again.
 * @param internalPorts the ports inside the container, in the module's order, no port twice
 * @param source where the external ports are to come from
 */
public record PortRequest(String module, int generation, String owner, List<Integer> internalPorts, PortSource source) {

    public PortRequest {
        ModuleName.require("module_name", module);
        Objects.requireNonNull(owner, "owner");
        internalPorts = List.copyOf(internalPorts);
        if (generation < 1) {
            throw new InvalidInputException("generation", generation, "be 1 or more");
        }
        if (internalPorts.isEmpty() || new HashSet<>(internalPorts).size() < internalPorts.size()) {
            throw new InvalidInputException("ports", internalPorts, "name at least one port and none twice");
        }
        for (int port : internalPorts) {
            if (port < 1 || port > 65535) {
                throw new InvalidInputException("ports", port, "lie between 1 and 65535");
            }
        }
        if (source instanceof PortSource.Exactly exactly
                && !exactly.ports().keySet().equals(Set.copyOf(internalPorts))) {
            throw new InvalidInputException(
                    "ports", exactly.ports(), "name an external port for each of " + internalPorts);
        }
    }

    /** Creates a request that leaves the source to the allocator's settings. */
    public PortRequest(String module, int generation, String owner, List<Integer> internalPorts) {
        this(module, generation, owner, internalPorts, PortSource.assigned());
    }
}
