package io.a64.core.internal.deploy;

import io.a64.container.spi.ContainerRuntime;
import io.a64.core.internal.discovery.Part;
import io.a64.core.internal.discovery.PartKind;
import io.a64.core.internal.discovery.ProviderCatalog;
import io.a64.deploy.DeployerConfig;
import io.a64.deploy.DeployerConfig.Choice;
import io.a64.deploy.spi.ModuleStore;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.spi.RouteWriter;
import io.a64.spi.Component;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one deployer, and which of them it has to close. */
public final class Parts {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<Component> owned = new ArrayDeque<>();
    private final PortAllocator allocator;
    private final ModuleStore store;
    private final ContainerRuntime runtime;
    private final RouteWriter routes;
    private final UpstreamKind upstreams;

    private Parts(DeployerConfig config) {
        ProviderCatalog catalog = ProviderCatalog.of(config.classLoader(), config.settings());
        try {
            upstreams = UpstreamKind.from(config.settings());
            allocator = resolve(catalog, PartKind.PORT_ALLOCATOR, config.portAllocator());
            store = resolve(catalog, PartKind.MODULE_STORE, config.moduleStore());
            runtime = resolve(catalog, PartKind.CONTAINER_RUNTIME, config.containerRuntime());
            routes = resolve(catalog, PartKind.ROUTE_WRITER, config.routeWriter());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Finds and makes the parts; if one cannot be had, those made before are closed again. */
    public static Parts resolve(DeployerConfig config) {
        return new Parts(config);
    }

    private <T extends Component> T resolve(ProviderCatalog catalog, PartKind<T> kind, Choice<T> choice) {
        Part<T> part = catalog.resolve(kind, choice);
        if (part.owned()) {
            owned.push(part.object());
        }
        return part.object();
    }

    PortAllocator allocator() {
        return allocator;
    }

    ModuleStore store() {
        return store;
    }

    ContainerRuntime runtime() {
        return runtime;
    }

    RouteWriter routes() {
        return routes;
    }

    UpstreamKind upstreams() {
        return upstreams;
    }

    void close() {
        while (!owned.isEmpty()) {
            Component part = owned.pop();
            try {
                part.close();
            } catch (RuntimeException e) {
                log.warn("part {} could not be closed", part.name(), e);
            }
        }
    }
}
