package io.a64.ports;

import io.a64.ModuleName;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * External ports held by one deployment.
 *
 * @param module the module that holds the ports
 * @param generation the generation of the module
 * @param owner the deployment that asked for them
 * @param ports internal port to external port, sorted by internal port, unmodifiable
 */
public record PortAllocation(String module, int generation, String owner, SortedMap<Integer, Integer> ports) {

    public PortAllocation {
        ModuleName.require("module_name", module);
        Objects.requireNonNull(owner, "owner");
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    }

    /** Creates an allocation from a map in any order. */
    public PortAllocation(String module, int generation, String owner, Map<Integer, Integer> ports) {
        this(module, generation, owner, new TreeMap<>(ports));
    }

    /** Returns the allocation of those ports alone that are among the given external ones. */
    public PortAllocation only(Collection<Integer> externalPorts) {
        SortedMap<Integer, Integer> part = new TreeMap<>(ports);
        part.values().retainAll(externalPorts);
        return new PortAllocation(module, generation, owner, part);
    }
}
