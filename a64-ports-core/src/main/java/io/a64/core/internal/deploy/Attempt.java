package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.ContainerNetwork;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.module.ModuleSpec;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One deployment on its way through the steps, and what the steps have made so far. Used by one thread. */
final class Attempt {

    private final ModuleSpec spec;
    private final int generation;
    private final Duration timeout;
    private final Deadline deadline;
    private final String owner = UUID.randomUUID().toString();

    private final Map<Integer, String> foreignPorts = new TreeMap<>();

    private @Nullable PortAllocation allocation;
    private LeaseKeeper.@Nullable Lease lease;
    private @Nullable ModuleRecord record;
    private Optional<ContainerNetwork> network = Optional.empty();
    private @Nullable String container;
    private Optional<String> containerAddress = Optional.empty();
    private boolean portsWereBound;

    Attempt(ModuleSpec spec, int generation, Duration timeout, Deadline deadline) {
        this.spec = spec;
        this.generation = generation;
        this.timeout = timeout;
        this.deadline = deadline;
    }

    ModuleSpec spec() {
        return spec;
    }

    String module() {
        return spec.name();
    }

    int generation() {
        return generation;
    }

    /** The identity of this deployment on ports, containers and the record. */
    String owner() {
        return owner;
    }

    Duration timeout() {
        return timeout;
    }

    Deadline deadline() {
        return deadline;
    }

    Optional<PortAllocation> allocation() {
        return Optional.ofNullable(allocation);
    }

    PortAllocation requiredAllocation() {
        return Objects.requireNonNull(allocation, "allocation");
    }

    void allocated(PortAllocation ports, LeaseKeeper keeper) {
        stopKeepingPorts();
        allocation = ports;
        lease = keeper.keep(ports);
    }

    /** Ends the renewal of the ports' lease; quiet if there is none. */
    void stopKeepingPorts() {
        if (lease != null) {
            lease.close();
        }
    }

    /**
     * Ends the deployment as soon as it is known that its ports are somebody else's.
     *
     * @throws PortException if they are
     */
    void requirePorts() {
        if (lease != null && lease.isLost()) {
            throw lostPorts();
        }
    }

    PortException lostPorts() {
        return new PortException(
                FailureKind.INTERNAL,
                "ports " + requiredAllocation().ports().values()
                        + " were lost: their lease was over before it could be renewed",
                null);
    }

    /** Returns the ports that something else is bound to, as the runtime said, each with what is known of it. */
    Map<Integer, String> foreignPorts() {
        return foreignPorts;
    }

    void foundForeign(Map<Integer, String> evidence) {
        foreignPorts.putAll(evidence);
    }

    ModuleRecord requiredRecord() {
        return Objects.requireNonNull(record, "record");
    }

    void recorded(ModuleRecord current) {
        record = current;
    }

    Optional<ContainerNetwork> network() {
        return network;
    }

    void joins(Optional<ContainerNetwork> found) {
        network = found;
    }

    String requiredContainer() {
        return Objects.requireNonNull(container, "container");
    }

    void created(String id) {
        container = id;
    }

    /** Returns the container's own address if routes are to lead there. */
    Optional<String> containerAddress() {
        return containerAddress;
    }

    void hasAddress(String address) {
        containerAddress = Optional.of(address);
    }

    boolean portsWereBound() {
        return portsWereBound;
    }

    void bindsPorts() {
        portsWereBound = true;
    }
}
