package io.a64.ports.event;

import io.a64.ports.PortRange;
import java.util.List;

/** Something about ports that an operator should know. */
public sealed interface PortEvent {

    /**
     * Nothing was left of the ranges of a pool: ports come from its expansion now. Told once, and again only after
     * ports of the first ranges had become free.
     *
     * @param pool the pool, {@code general} for the general range
     * @param port the first port that was taken from the expansion
     * @param into the ranges of the expansion
     */
    record PoolExpanded(String pool, int port, List<PortRange> into) implements PortEvent {}

    /**
     * Something that is not ours was bound to a port: it is handed out again only after a quarantine.
     *
     * @param module the module that should have got the port
     * @param port the port
     * @param evidence what was found
     */
    record PortQuarantined(String module, int port, String evidence) implements PortEvent {}

    /**
     * Another program has recorded several external ports for the same internal port of a module. Nothing is deleted;
     * the lowest one is adopted when the module is installed.
     *
     * @param module the module
     * @param internalPort the port inside the container
     * @param ports the external ports, sorted
     */
    record DuplicateFound(String module, int internalPort, List<Integer> ports) implements PortEvent {}
}
