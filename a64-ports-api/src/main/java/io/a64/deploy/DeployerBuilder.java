package io.a64.deploy;

import io.a64.container.spi.ContainerRuntime;
import io.a64.deploy.DeployerConfig.Choice;
import io.a64.deploy.event.DeploymentListener;
import io.a64.deploy.spi.AdmissionPolicy;
import io.a64.deploy.spi.ModuleStore;
import io.a64.ports.event.PortListener;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.spi.RouteWriter;
import io.a64.spi.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link ModuleDeployer} together. For each part, an object that is handed over beats a name that is chosen
 * here, which beats a setting, which beats the default: {@code mongodb} ports and records, {@code docker} containers,
 * {@code nginx} routes, or what {@link #inMemory} says. Not safe for use by several threads.
 */
public final class DeployerBuilder {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);
    private static final String DRAIN_TIMEOUT_SETTING = "a64.drain-timeout";

    private Choice<PortAllocator> portAllocator = Choice.unset();
    private Choice<ModuleStore> moduleStore = Choice.unset();
    private Choice<ContainerRuntime> containerRuntime = Choice.unset();
    private Choice<RouteWriter> routeWriter = Choice.unset();
    private final List<AdmissionPolicy> policies = new ArrayList<>();
    private final List<DeploymentListener> listeners = new ArrayList<>();
    private final List<PortListener> portListeners = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private @Nullable Executor executor;
    private @Nullable ClassLoader classLoader;
    private @Nullable URI proxyUrl;
    private Clock clock = Clock.systemUTC();
    private Duration timeout = DEFAULT_TIMEOUT;
    private @Nullable Duration drainTimeout;

    DeployerBuilder() {}

    /** Uses this allocator; the host closes it. */
    public DeployerBuilder portAllocator(PortAllocator allocator) {
        portAllocator = Choice.of(allocator);
        return this;
    }

    /** Uses the allocator that is found under this name. */
    public DeployerBuilder portAllocator(String name) {
        portAllocator = Choice.named(name);
        return this;
    }

    /** Keeps the modules' records in this store; the host closes it. */
    public DeployerBuilder moduleStore(ModuleStore store) {
        moduleStore = Choice.of(store);
        return this;
    }

    /** Keeps the modules' records in the store that is found under this name. */
    public DeployerBuilder moduleStore(String name) {
        moduleStore = Choice.named(name);
        return this;
    }

    /** Runs containers here; the host closes it. */
    public DeployerBuilder containerRuntime(ContainerRuntime runtime) {
        containerRuntime = Choice.of(runtime);
        return this;
    }

    /** Runs containers with the runtime that is found under this name. */
    public DeployerBuilder containerRuntime(String name) {
        containerRuntime = Choice.named(name);
        return this;
    }

    /** Publishes routes here; the host closes it. */
    public DeployerBuilder routeWriter(RouteWriter writer) {
        routeWriter = Choice.of(writer);
        return this;
    }

    /** Publishes routes with the writer that is found under this name. */
    public DeployerBuilder routeWriter(String name) {
        routeWriter = Choice.named(name);
        return this;
    }

    /**
     * Makes {@code memory} the default of every part, for unit tests of install flows: objects, names and settings
     * still beat it. A name or an object that is chosen later does so too.
     *
     * <p>Modules are then reached by {@code urls().direct()} alone: nothing serves {@code urls().proxy()}. Where a
     * request would go is told by {@code InMemoryRouteWriter.target}.
     */
    public DeployerBuilder inMemory() {
        portAllocator = portAllocator.orElse("memory");
        moduleStore = moduleStore.orElse("memory");
        containerRuntime = containerRuntime.orElse("memory");
        routeWriter = routeWriter.orElse("memory");
        return this;
    }

    /** Adds a policy that every deployment has to pass; all have to agree. */
    public DeployerBuilder admissionPolicy(AdmissionPolicy policy) {
        policies.add(policy);
        return this;
    }

    /** Adds a listener, called on the deploying thread; what it throws is logged and changes nothing. */
    public DeployerBuilder listener(DeploymentListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Adds a listener for what an operator should know about ports: a pool that expands, a port that something else
     * holds. It hears nothing if the allocator keeps no record of them.
     */
    public DeployerBuilder portListener(PortListener listener) {
        portListeners.add(listener);
        return this;
    }

    /** Sets what the parts that are found by name are made from; an earlier value of the same name is replaced. */
    public DeployerBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Sets several settings at once, see {@link #setting}. */
    public DeployerBuilder settings(Map<String, String> values) {
        settings.putAll(values);
        return this;
    }

    /** Runs asynchronous calls here; the host closes it. Without it there are none. */
    public DeployerBuilder executor(Executor hostExecutor) {
        executor = hostExecutor;
        return this;
    }

    /** Looks for parts here; without this call in the thread's context class loader. */
    public DeployerBuilder classLoader(ClassLoader loader) {
        classLoader = loader;
        return this;
    }

    /** Sets what clients put before a route, such as {@code https://example.org}; without it, what the writer says. */
    public DeployerBuilder proxyUrl(URI url) {
        proxyUrl = url;
        return this;
    }

    /** Sets how long a call without a limit of its own may take; without this call two minutes. */
    public DeployerBuilder timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /**
     * Sets how long requests and WebSockets that are under way may go on when a module is undeployed: its route is taken
     * out first, its container is stopped when the proxy sends nothing to it any more, or when this time is over. Without
     * this call the setting {@code a64.drain-timeout} counts, else 30 seconds; zero or less waits for nothing. At most half
     * of the time that the undeployment itself may take is spent on it.
     */
    public DeployerBuilder drainTimeout(Duration limit) {
        drainTimeout = limit;
        return this;
    }

    /** Sets where deployment times come from; leases and cooldowns use the registry's own clock. */
    public DeployerBuilder clock(Clock hostClock) {
        clock = hostClock;
        return this;
    }

    /**
     * Finds and makes the parts that were not handed over. A setting {@code a64.…} that none of them asks for is logged
     * as a warning if it looks like a mistake.
     *
     * @throws IllegalStateException if {@code a64-ports-core} is not on the class path
     * @throws io.a64.A64Exception if a part cannot be found or made; parts made before are closed again
     */
    public ModuleDeployer build() {
        ClassLoader loader = classLoader == null ? contextClassLoader() : classLoader;
        DeployerFactory factory = ServiceLoader.load(DeployerFactory.class, loader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no deployment engine on the class path; add the dependency io.a64:a64-ports-core"));
        Settings known = Settings.of(settings);
        return factory.create(new DeployerConfig(
                portAllocator,
                moduleStore,
                containerRuntime,
                routeWriter,
                policies,
                listeners,
                portListeners,
                known,
                Optional.ofNullable(executor),
                loader,
                Optional.ofNullable(proxyUrl),
                clock,
                timeout,
                drainTimeout(known)));
    }

    private Duration drainTimeout(Settings known) {
        Duration set = known.duration(DRAIN_TIMEOUT_SETTING).orElse(DEFAULT_DRAIN_TIMEOUT);
        return drainTimeout == null ? set : drainTimeout;
    }

    private static ClassLoader contextClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ModuleDeployer.class.getClassLoader() : context;
    }
}
