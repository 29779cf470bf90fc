package io.a64.deploy;

import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.event.DeploymentListener;
import io.a64.deploy.spi.AdmissionPolicy;
import io.a64.deploy.spi.ModuleStore;
import io.a64.ports.event.PortListener;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.spi.RouteWriter;
import io.a64.spi.Component;
import io.a64.spi.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a host has chosen, as the engine gets it.
 *
 * @param portAllocator the allocator
 * @param moduleStore where records are kept
 * @param containerRuntime the runtime
 * @param routeWriter the writer
 * @param policies all have to agree
 * @param listeners called in this order
 * @param portListeners called in this order
 * @param settings for parts that are found by name
 * @param executor for asynchronous calls
 * @param classLoader where parts are looked for
 * @param proxyUrl what clients put before a route
 * @param clock for deployment times
 * @param timeout for calls without a limit of their own
 * @param drainTimeout how long requests of a route that is taken out may go on
 */
public record DeployerConfig(
        Choice<PortAllocator> portAllocator,
        Choice<ModuleStore> moduleStore,
        Choice<ContainerRuntime> containerRuntime,
        Choice<RouteWriter> routeWriter,
        List<AdmissionPolicy> policies,
        List<DeploymentListener> listeners,
        List<PortListener> portListeners,
        Settings settings,
        Optional<Executor> executor,
        ClassLoader classLoader,
        Optional<URI> proxyUrl,
        Clock clock,
        Duration timeout,
        Duration drainTimeout) {

    public DeployerConfig {
        policies = List.copyOf(policies);
        listeners = List.copyOf(listeners);
        portListeners = List.copyOf(portListeners);
    }

    /**
     * How one part is chosen: an object, a name, or nothing.
     *
     * @param given the object that the host handed over
     * @param name the name that the host chose
     * @param fallback the name that takes the place of the documented default, if no setting chooses either
     */
    public record Choice<T extends Component>(Optional<T> given, Optional<String> name, Optional<String> fallback) {

        /** Returns the choice of an object. */
        public static <T extends Component> Choice<T> of(T object) {
            return new Choice<>(Optional.of(object), Optional.empty(), Optional.empty());
        }

        /** Returns the choice of a name. */
        public static <T extends Component> Choice<T> named(String name) {
            return new Choice<>(Optional.empty(), Optional.of(name), Optional.empty());
        }

        /** Returns no choice. */
        public static <T extends Component> Choice<T> unset() {
            return new Choice<>(Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Returns this choice with another default than the documented one. */
        public Choice<T> orElse(String newFallback) {
            return new Choice<>(given, name, Optional.of(newFallback));
        }
    }
}
