package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.deploy.DeployerConfig;
import io.a64.deploy.DeployerHealth;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.Undeployment;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.StoreException;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortReservation;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortTenure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deployer: decides whether a module may be worked on, and lets the pipeline or the removal do the work. */
public final class Engine implements ModuleDeployer {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final int FIRST_GENERATION = 1;
    /** The first and three more, each with other ports. */
    private static final int PORT_TRIES = 4;

    private static final Duration READ_LIMIT = Duration.ofSeconds(5);

    private final DeployerConfig config;
    private final Parts parts;
    private final LeaseKeeper keeper;
    private final PortDesk ports;
    private final Pipeline pipeline;
    private final Removal removal;
    private final DeploymentView view;
    private final HealthCheck health;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Creates the engine of these parts. */
    public Engine(DeployerConfig config, Parts parts) {
        Events events = new Events(config.listeners());
        this.config = config;
        this.parts = parts;
        this.keeper = new LeaseKeeper(parts.allocator());
        this.ports = new PortDesk(parts, config.portListeners());
        this.pipeline = new Pipeline(config, parts, keeper, events);
        this.removal = new Removal(config, parts, events);
        this.view = new DeploymentView(parts, config.proxyUrl());
        this.health = new HealthCheck(parts);
    }

    @Override
    public Deployment deploy(ModuleSpec spec) {
        return deploy(spec, config.timeout());
    }

    @Override
    public Deployment deploy(ModuleSpec spec, Duration timeout) {
        requireOpen();
        Deadline deadline = Deadline.after(timeout);
        clearTheWay(spec.name(), timeout, deadline);
        for (int tries = 1; ; tries++) {
            Attempt attempt = new Attempt(spec, FIRST_GENERATION, timeout, deadline);
            try {
                pipeline.run(attempt);
                Deployment deployment = view.of(attempt.requiredRecord());
                log.info(
                        "module {} is deployed: {}",
                        spec.name(),
                        deployment.urls().all());
                return deployment;
            } catch (DeploymentException e) {
                if (tries == PORT_TRIES || !isPortConflict(e)) {
                    throw e;
                }
                log.info("{}; trying other ports", e.getMessage());
            }
        }
    }

    /** The runtime is the last judge of a port: one that something else is bound to rests, the next is tried. */
    private static boolean isPortConflict(DeploymentException failure) {
        return failure.getCause() instanceof ContainerException cause && cause.problem() == Problem.PORT_CONFLICT;
    }

    /** Refuses if the module is installed or being worked on; clears away what a cut-off deployment left behind. */
    private void clearTheWay(String module, Duration timeout, Deadline deadline) {
        Optional<ModuleRecord> record = recordOf(module, deadline);
        if (record.isEmpty()) {
            return;
        }
        if (record.get().state() == ModuleState.RUNNING) {
            throw Conflicts.installed(module);
        }
        removal.run(record.get(), timeout, deadline);
    }

    private Optional<ModuleRecord> recordOf(String module, Deadline deadline) {
        try {
            return parts.store().find(module, deadline);
        } catch (StoreException e) {
            throw DeploymentException.beforeSteps(module, e);
        }
    }

    @Override
    public Undeployment undeploy(String module) {
        return undeploy(module, config.timeout());
    }

    @Override
    public Undeployment undeploy(String module, Duration timeout) {
        requireOpen();
        Deadline deadline = Deadline.after(timeout);
        ModuleRecord record = recordOf(module, deadline).orElseThrow(() -> Conflicts.unknown(module));
        Undeployment done = removal.run(record, timeout, deadline);
        log.info("module {} is undeployed, ports {} released", module, done.releasedPorts());
        return done;
    }

    @Override
    public CompletableFuture<Deployment> deployAsync(ModuleSpec spec) {
        return async(() -> deploy(spec));
    }

    @Override
    public CompletableFuture<Deployment> deployAsync(ModuleSpec spec, Duration timeout) {
        return async(() -> deploy(spec, timeout));
    }

    @Override
    public CompletableFuture<Undeployment> undeployAsync(String module) {
        return async(() -> undeploy(module));
    }

    private <T> CompletableFuture<T> async(Supplier<T> action) {
        requireOpen();
        Executor executor = config.executor()
                .orElseThrow(() -> new IllegalStateException(
                        "asynchronous calls need an executor; give the builder one: builder.executor(…)"));
        return CompletableFuture.supplyAsync(action, executor);
    }

    @Override
    public List<Deployment> list() {
        requireOpen();
        return parts.store().list(Deadline.after(READ_LIMIT)).stream()
                .map(view::of)
                .toList();
    }

    @Override
    public Optional<Deployment> find(String module) {
        requireOpen();
        return parts.store().find(module, Deadline.after(READ_LIMIT)).map(view::of);
    }

    @Override
    public PortStatistics portStatistics() {
        requireOpen();
        return ports.statistics();
    }

    @Override
    public PortReservation reservePorts(String module, List<Integer> internalPorts, Duration ttl) {
        requireOpen();
        return ports.reserve(module, internalPorts, ttl);
    }

    @Override
    public Optional<PortReservation> extendPortReservation(String module, Duration ttl) {
        requireOpen();
        return ports.extend(module, ttl);
    }

    @Override
    public boolean cancelPortReservation(String module) {
        requireOpen();
        return ports.cancel(module);
    }

    @Override
    public List<PortReservation> portReservations() {
        requireOpen();
        return ports.reservations();
    }

    @Override
    public List<PortTenure> portHistory() {
        requireOpen();
        return ports.history();
    }

    @Override
    public List<PoolForecast> portForecast() {
        requireOpen();
        return ports.forecast();
    }

    @Override
    public DeployerHealth health() {
        requireOpen();
        return health.look();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            keeper.close();
            ports.close();
            health.close();
            parts.close();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this deployer is closed");
        }
    }
}
