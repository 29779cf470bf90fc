package io.a64.ports;

import java.time.Instant;

/**
 * One external port and who holds it.
 *
 * @param module the module that holds it
 * @param port the external port
 * @param internalPort the port inside the container
 * @param allocatedAt since when, by the registry's clock
 */
public record AllocatedPort(String module, int port, int internalPort, Instant allocatedAt) {}
