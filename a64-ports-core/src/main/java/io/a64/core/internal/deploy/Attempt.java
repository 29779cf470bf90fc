package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.container.ContainerNetwork;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.module.ModuleSpec;
import io.a64.ports.PortAllocation;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One deployment on its way through the steps, and what the steps have made so far. Used by one thread. */
final class Attempt {

    private static final Duration RENEWAL_INTERVAL = Duration.ofMinutes(1);

    private final ModuleSpec spec;
    private final int generation;
    private final Duration timeout;
    private final Deadline deadline;
    private final String owner = UUID.randomUUID().toString();

    private Deadline nextRenewal = Deadline.after(RENEWAL_INTERVAL);
    private @Nullable PortAllocation allocation;
    private @Nullable ModuleRecord record;
    private Optional<ContainerNetwork> network = Optional.empty();
    private @Nullable String container;
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

    /** Keeps reserved ports from lapsing while the deployment takes its time; costs nothing until a minute has passed. */
    void keepPorts(PortAllocator allocator) {
        if (allocation != null && nextRenewal.hasPassed()) {
            allocator.renew(allocation, deadline);
            nextRenewal = Deadline.after(RENEWAL_INTERVAL);
        }
    }

    PortAllocation requiredAllocation() {
        return Objects.requireNonNull(allocation, "allocation");
    }

    void allocated(PortAllocation ports) {
        allocation = ports;
        nextRenewal = Deadline.after(RENEWAL_INTERVAL);
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

    boolean portsWereBound() {
        return portsWereBound;
    }

    void bindsPorts() {
        portsWereBound = true;
    }
}
