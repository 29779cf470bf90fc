package io.a64.ports.registry;

/**
 * Who holds a slot.
 *
 * @param key the slot, see {@link Slots}
 * @param owner the deployment that holds it, empty if none is recorded
 * @param internalPort the port inside the container
 * @param port the external port
 */
public record SlotHolder(String key, String owner, int internalPort, int port) {}
