package io.a64.ports.spi;

import io.a64.spi.Provider;

/** Makes a {@link PortAllocator}; chosen by the setting {@code a64.port-allocator}. */
public interface PortAllocatorProvider extends Provider<PortAllocator> {}
