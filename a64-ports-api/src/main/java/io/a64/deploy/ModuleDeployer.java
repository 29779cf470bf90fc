package io.a64.deploy;

import io.a64.A64Exception;
import io.a64.module.ModuleSpec;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortReservation;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortTenure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Deploys modules: a container image goes in, a live URL comes out. Safe for use by several threads; several deployers,
 * also on other hosts, may share one registry and one proxy.
 *
 * <p>Blocking calls end by their deadline. An interrupt ends a deployment early: what was done is undone, the
 * interrupt flag stays set. No thread is started unless an implementation documents it; asynchronous calls run on the
 * executor that the host gave to the builder.
 */
public interface ModuleDeployer extends AutoCloseable {

    /** Starts a new deployer; needs {@code a64-ports-core} on the class path. */
    static DeployerBuilder builder() {
        return new DeployerBuilder();
    }

    /** Starts a specification that can be deployed with its last call. */
    default ModuleRequest module(String name) {
        return new ModuleRequest(this, name);
    }

    /** Deploys within the deployer's own time limit, see {@link #deploy(ModuleSpec, Duration)}. */
    Deployment deploy(ModuleSpec spec);

    /**
     * Deploys a module and returns when traffic flows: the very next request through the proxy reaches it.
     *
     * @throws DeploymentException if that was not possible, naming module, step and kind; everything is undone then
     */
    Deployment deploy(ModuleSpec spec, Duration timeout);

    /**
     * Deploys on the host's executor. Cancelling the future does not end the deployment.
     *
     * @throws IllegalStateException if the builder was given no executor
     */
    CompletableFuture<Deployment> deployAsync(ModuleSpec spec);

    /** Deploys on the host's executor; the limit counts from the moment the executor begins. */
    CompletableFuture<Deployment> deployAsync(ModuleSpec spec, Duration timeout);

    /** Undeploys within the deployer's own time limit, see {@link #undeploy(String, Duration)}. */
    Undeployment undeploy(String module);

    /**
     * Takes a module away in reverse order: route, container, ports, record. May be repeated after a failure.
     *
     * @throws DeploymentException of kind {@code NOT_FOUND} if there is no such module, {@code CONFLICT} if another
     *     deployment of it is under way, otherwise naming the step that could not be reversed
     */
    Undeployment undeploy(String module, Duration timeout);

    /** Undeploys on the host's executor, as {@link #deployAsync(ModuleSpec)} does. */
    CompletableFuture<Undeployment> undeployAsync(String module);

    /**
     * Returns every module that has a record, sorted by name; like {@link #find} from the records alone.
     *
     * @throws A64Exception of kind {@code UNAVAILABLE} if the records cannot be read
     */
    List<Deployment> list();

    /**
     * Returns a module as its record says, empty if it has none. The container is not asked: one that has died since
     * still shows as it was deployed.
     *
     * @throws A64Exception of kind {@code UNAVAILABLE} if the records cannot be read
     */
    Optional<Deployment> find(String module);

    /**
     * Returns what is taken and what is left of the ports.
     *
     * @throws A64Exception of kind {@code UNAVAILABLE} if the registry cannot be read
     */
    PortStatistics portStatistics();

    /**
     * Sets external ports aside for a module that is not installed yet; the later deployment of it gets exactly these.
     * The same module and internal ports again: the same external ports, and the expiry is counted anew.
     *
     * @param ttl how long, one second to a year
     * @throws io.a64.InvalidInputException if an argument breaks its rule
     * @throws A64Exception of kind {@code CONFLICT} if the module is installed or has a reservation for other internal
     *     ports, {@code EXHAUSTED} if too few ports are free, {@code UNAVAILABLE} if the registry cannot be used
     * @throws UnsupportedOperationException if the port allocator cannot set ports aside
     */
    PortReservation reservePorts(String module, List<Integer> internalPorts, Duration ttl);

    /**
     * Counts the expiry of a reservation anew.
     *
     * @return the reservation, empty if there is none
     * @throws A64Exception of kind {@code UNAVAILABLE} if the registry cannot be used
     * @throws UnsupportedOperationException if the port allocator cannot set ports aside
     */
    Optional<PortReservation> extendPortReservation(String module, Duration ttl);

    /**
     * Gives the ports of a reservation back; they are free at once.
     *
     * @return whether there was one
     * @throws A64Exception of kind {@code UNAVAILABLE} if the registry cannot be used
     * @throws UnsupportedOperationException if the port allocator cannot set ports aside
     */
    boolean cancelPortReservation(String module);

    /**
     * Returns all reservations, sorted by module.
     *
     * @throws A64Exception of kind {@code UNAVAILABLE} if the registry cannot be read
     * @throws UnsupportedOperationException if the port allocator cannot set ports aside
     */
    List<PortReservation> portReservations();

    /**
     * Returns who held which port and who holds it, sorted by port and time, as far back as the registry remembers;
     * nothing if it keeps no record.
     *
     * @throws A64Exception of kind {@code UNAVAILABLE} if the registry cannot be read
     */
    List<PortTenure> portHistory();

    /**
     * Returns when the general range and each pool will be full, if their use goes on growing as it did; nothing if the
     * registry keeps no record.
     *
     * @throws A64Exception of kind {@code UNAVAILABLE} if the registry cannot be read
     */
    List<PoolForecast> portForecast();

    /** Asks every part whether it can do its work now; answers within a few seconds and never throws. */
    DeployerHealth health();

    /**
     * Closes the parts that this deployer made itself, not those the host handed to the builder. Modules keep
     * running. Later calls fail with {@link IllegalStateException}; closing twice is quiet.
     */
    @Override
    void close();
}
