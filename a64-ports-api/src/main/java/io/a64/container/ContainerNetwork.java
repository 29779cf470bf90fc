package io.a64.container;

/**
 * A network that containers of the platform share.
 *
 * @param id the runtime's identifier
 * @param name the name an operator knows it by
 */
public record ContainerNetwork(String id, String name) {}
