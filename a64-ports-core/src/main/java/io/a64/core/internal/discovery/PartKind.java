package io.a64.core.internal.discovery;

import io.a64.container.spi.ContainerRuntime;
import io.a64.container.spi.ContainerRuntimeProvider;
import io.a64.deploy.spi.ModuleStore;
import io.a64.deploy.spi.ModuleStoreProvider;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortAllocatorProvider;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.Component;
import io.a64.spi.Provider;

/**
 * A kind of pluggable part.
 *
 * @param <T> the part
 * @param title how messages call it
 * @param provider the interface that its providers implement
 * @param setting the setting that chooses one by name
 * @param builderMethod the builder's method that takes an object or a name
 * @param defaultName what is used if nothing is chosen
 * @param defaultArtifact the artifact that brings the default
 */
public record PartKind<T extends Component>(
        String title,
        Class<? extends Provider<T>> provider,
        String setting,
        String builderMethod,
        String defaultName,
        String defaultArtifact) {

    private static final String CORE = "io.a64:a64-ports-core";

    /** Ports. */
    public static final PartKind<PortAllocator> PORT_ALLOCATOR = new PartKind<>(
            "PortAllocator", PortAllocatorProvider.class, "a64.port-allocator", "portAllocator", "mongodb", CORE);
    /** Records. */
    public static final PartKind<ModuleStore> MODULE_STORE = new PartKind<>(
            "ModuleStore", ModuleStoreProvider.class, "a64.module-store", "moduleStore", "mongodb", CORE);
    /** Containers. */
    public static final PartKind<ContainerRuntime> CONTAINER_RUNTIME = new PartKind<>(
            "ContainerRuntime",
            ContainerRuntimeProvider.class,
            "a64.container-runtime",
            "containerRuntime",
            "docker",
            CORE);
    /** Routes. */
    public static final PartKind<RouteWriter> ROUTE_WRITER = new PartKind<>(
            "RouteWriter",
            RouteWriterProvider.class,
            "a64.route-writer",
            "routeWriter",
            "nginx",
            "io.a64:a64-proxy-nginx");
}
