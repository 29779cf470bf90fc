package io.a64.container.memory;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.container.hostports.HostPorts;
import io.a64.container.hostports.PortProbe;
import io.a64.container.spi.ContainerRuntime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs modules inside this process. A running container really listens on its external ports at 127.0.0.1, and a port
 * that is taken is a real conflict; what a container would hold besides is not there. Each object is a world of its
 * own: {@link #close()} ends its containers, for they cannot outlive the process anyway.
 *
 * <p>Safe for use by several threads. A host's unit tests make it {@linkplain #failNext fail}, {@linkplain #hangNext
 * hang} and {@linkplain #kill die}.
 */
public final class InMemoryContainerRuntime implements ContainerRuntime {

    static final String NAME = "memory";

    private static final String ADDRESS = "127.0.0.1";
    private static final ContainerNetwork NETWORK = new ContainerNetwork("memory", "memory");
    private static final int STOPPED_BY_SIGNAL = 143;

    private final ImageCatalogue images;
    private final PlannedFaults faults = new PlannedFaults();
    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryContainers containers = new MemoryContainers(InetAddress.getLoopbackAddress());
    private final HostPorts hostPorts;

    InMemoryContainerRuntime(ImageCatalogue images, PortProbe portProbe) {
        this.images = images;
        this.hostPorts = new HostPorts(portProbe, InetAddress.getLoopbackAddress());
    }

    /** Returns a builder that knows no image yet. */
    public static InMemoryRuntimeBuilder builder() {
        return new InMemoryRuntimeBuilder();
    }

    /** Lets the next operation of this kind fail with this problem; several plans come true one after the other. */
    public void failNext(RuntimeOperation operation, Problem problem) {
        faults.plan(operation, Optional.of(problem));
    }

    /** Lets the next operation of this kind do nothing until its deadline. */
    public void hangNext(RuntimeOperation operation) {
        faults.plan(operation, Optional.empty());
    }

    /** Ends the processes of all running containers of a module with this exit code, as a crash would. */
    public void kill(String module, int exitCode) {
        lock.lock();
        try {
            containers.ofModule(module).forEach(container -> container.end(exitCode));
        } finally {
            lock.unlock();
        }
    }

    /** Lets a container of somebody else have the name that the first container of this module would get. */
    public void occupyName(String module) {
        lock.lock();
        try {
            containers.occupy(module);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ping(Deadline deadline) {
        faults.come(RuntimeOperation.PING, NAME, deadline);
    }

    @Override
    public Optional<ContainerNetwork> network(Deadline deadline) {
        faults.come(RuntimeOperation.NETWORK, NAME, deadline);
        return Optional.of(NETWORK);
    }

    @Override
    public String create(ContainerSpec spec, Deadline deadline) {
        return locked(RuntimeOperation.CREATE, spec.module(), deadline, () -> {
            ImageBehaviour behaviour = images.find(spec.image()).orElseThrow(() -> missing(spec));
            return containers.create(spec, behaviour);
        });
    }

    private static ContainerException missing(ContainerSpec spec) {
        return new ContainerException(
                Problem.IMAGE_NOT_FOUND,
                "cannot create a container for module " + spec.module() + ": no such image: " + spec.image(),
                List.of("no such image: " + spec.image()),
                null);
    }

    @Override
    public void start(String id, Deadline deadline) {
        locked(RuntimeOperation.START, id, deadline, () -> {
            containers
                    .find(id)
                    .orElseThrow(() -> new ContainerException(
                            Problem.NOT_FOUND,
                            "cannot start the container " + id + ": no such container",
                            List.of(),
                            null))
                    .start();
            return id;
        });
    }

    @Override
    public ContainerStatus status(String id, Deadline deadline) {
        return locked(
                RuntimeOperation.STATUS,
                id,
                deadline,
                () -> containers
                        .find(id)
                        .map(MemoryContainer::status)
                        .orElseGet(() -> new ContainerStatus(ContainerState.GONE, OptionalInt.empty(), 0)));
    }

    /** Returns at most 1000 lines; nothing for a container that is gone. */
    @Override
    public List<String> logTail(String id, int lines, Deadline deadline) {
        return locked(
                RuntimeOperation.LOG_TAIL,
                id,
                deadline,
                () -> containers
                        .find(id)
                        .map(container -> container.log().tail(lines))
                        .orElse(List.of()));
    }

    /** Ends the process at once: handlers have no way to hear that they should finish. */
    @Override
    public void remove(String id, Duration grace, Deadline deadline) {
        locked(RuntimeOperation.REMOVE, id, deadline, () -> {
            containers.remove(id).ifPresent(container -> container.end(STOPPED_BY_SIGNAL));
            return id;
        });
    }

    @Override
    public List<ModuleContainer> list(Deadline deadline) {
        return locked(
                RuntimeOperation.LIST,
                "",
                deadline,
                () -> containers.all().stream().map(MemoryContainer::view).toList());
    }

    @Override
    public String publishAddress() {
        return ADDRESS;
    }

    /** Looks at this machine as far as the setting {@value PortProbe#SETTING} says; no plan of a test is met. */
    @Override
    public Map<Integer, String> occupied(Collection<Integer> ports, Deadline deadline) {
        return hostPorts.occupied(ports, deadline);
    }

    /** Ends every container of this object and gives its ports back. */
    @Override
    public void close() {
        lock.lock();
        try {
            new ArrayList<>(containers.all()).forEach(container -> container.end(STOPPED_BY_SIGNAL));
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T get() throws InterruptedException;
    }

    private <T> T locked(RuntimeOperation operation, String subject, Deadline deadline, Work<T> work) {
        faults.come(operation, subject, deadline);
        try {
            if (!lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw PlannedFaults.unknown(operation, subject);
            }
            try {
                return work.get();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PlannedFaults.unknown(operation, subject);
        }
    }
}
