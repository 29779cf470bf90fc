package io.a64.container.spi;

import io.a64.spi.Provider;

/** Makes a {@link ContainerRuntime}; chosen by the setting {@code a64.container-runtime}. */
public interface ContainerRuntimeProvider extends Provider<ContainerRuntime> {}
