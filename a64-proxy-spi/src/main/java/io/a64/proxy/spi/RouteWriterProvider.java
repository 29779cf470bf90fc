package io.a64.proxy.spi;

import io.a64.spi.Provider;

/** Makes a {@link RouteWriter}; chosen by the setting {@code a64.route-writer}. */
public interface RouteWriterProvider extends Provider<RouteWriter> {}
