package io.a64.core.internal.discovery;

import io.a64.spi.Component;

/**
 * A part of a deployer.
 *
 * @param object the part
 * @param owned whether the deployer made it and closes it
 */
public record Part<T extends Component>(T object, boolean owned) {}
