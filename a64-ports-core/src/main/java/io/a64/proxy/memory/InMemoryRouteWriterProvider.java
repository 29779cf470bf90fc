package io.a64.proxy.memory;

import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.Settings;

/** Makes an {@link InMemoryRouteWriter} of its own for every deployer. */
public final class InMemoryRouteWriterProvider implements RouteWriterProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public InMemoryRouteWriterProvider() {}

    @Override
    public String name() {
        return InMemoryRouteWriter.NAME;
    }

    @Override
    public RouteWriter create(Settings settings) {
        return new InMemoryRouteWriter();
    }
}
