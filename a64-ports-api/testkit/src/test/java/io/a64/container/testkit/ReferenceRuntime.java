package io.a64.container.testkit;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.container.spi.ContainerRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A small runtime that keeps the contract, but for the faults that are planted in it. */
final class ReferenceRuntime implements ContainerRuntime {

    static final String IMAGE = "reference";
    private static final long LATE_MILLIS = 300;

    private final Set<Fault> faults;
    private final ReferencePortProbe portProbe;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ReferenceContainer> containers = new ConcurrentHashMap<>();
    private final Set<String> foreignModules = ConcurrentHashMap.newKeySet();

    ReferenceRuntime(Set<Fault> faults) {
        this.faults = faults;
        this.portProbe = new ReferencePortProbe(faults);
    }

    Set<String> foreignModules() {
        return foreignModules;
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    private void begin(Deadline deadline) {
        if (has(Fault.SWALLOWS_AN_INTERRUPT) && Thread.interrupted()) {
            throw failure(Problem.OUTCOME_UNKNOWN, "interrupted");
        }
        if (deadline.hasPassed() && !has(Fault.IGNORES_THE_DEADLINE)) {
            throw failure(Problem.OUTCOME_UNKNOWN, "the deadline has passed");
        }
    }

    private static ContainerException failure(Problem problem, String message) {
        return new ContainerException(problem, message, List.of(), null);
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public void ping(Deadline deadline) {
        begin(deadline);
    }

    @Override
    public Optional<ContainerNetwork> network(Deadline deadline) {
        begin(deadline);
        return Optional.empty();
    }

    @Override
    public String create(ContainerSpec spec, Deadline deadline) {
        begin(deadline);
        lock.lock();
        try {
            return adopted(spec).orElseGet(() -> add(spec));
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> adopted(ContainerSpec spec) {
        if (foreignModules.contains(spec.module())
                && !(has(Fault.REPLACES_A_FOREIGN_CONTAINER) && foreignModules.remove(spec.module()))) {
            throw failure(Problem.NAME_CONFLICT, spec.module() + " has a foreign container");
        }
        for (ReferenceContainer holder : containers.values()) {
            if (isSame(holder.spec, spec)) {
                if (holder.spec.owner().equals(spec.owner())) {
                    return has(Fault.CREATES_THE_SAME_TWICE) ? Optional.empty() : Optional.of(holder.id);
                }
                replace(holder);
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(ContainerSpec one, ContainerSpec other) {
        return one.module().equals(other.module()) && one.generation() == other.generation();
    }

    private void replace(ReferenceContainer holder) {
        if (holder.isRunning() && !has(Fault.REPLACES_A_RUNNING_CONTAINER)) {
            throw failure(Problem.NAME_CONFLICT, holder.spec.module() + " runs for another owner");
        }
        holder.stop();
        containers.remove(holder.id);
    }

    private String add(ContainerSpec spec) {
        boolean missing = !spec.image().equals(IMAGE);
        String id = UUID.randomUUID().toString();
        if (!missing || has(Fault.LEAVES_THE_CONTAINER_OF_A_FAILED_CREATION)) {
            containers.put(id, new ReferenceContainer(id, spec, environment(spec)));
        }
        if (missing) {
            throw failure(Problem.IMAGE_NOT_FOUND, "no image " + spec.image());
        }
        return id;
    }

    private Map<String, String> environment(ContainerSpec spec) {
        Map<String, String> all = new HashMap<>();
        all.put("A64_MODULE", spec.module());
        all.put("A64_GENERATION", Integer.toString(spec.generation()));
        if (!has(Fault.LOSES_THE_ENVIRONMENT)) {
            all.putAll(spec.environment());
        }
        return all;
    }

    @Override
    public void start(String id, Deadline deadline) {
        begin(deadline);
        ReferenceContainer container = containers.get(id);
        if (container == null) {
            throw failure(Problem.NOT_FOUND, "no container " + id);
        }
        if (container.isRunning()) {
            if (has(Fault.FAILS_TO_START_TWICE)) {
                throw failure(Problem.OTHER, id + " runs already");
            }
            return;
        }
        if (has(Fault.REPORTS_STARTED_BEFORE_IT_IS)) {
            CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> run(container));
        } else {
            run(container);
        }
    }

    private void run(ReferenceContainer container) {
        try {
            container.start(has(Fault.IGNORES_A_PORT_CONFLICT));
        } catch (IOException e) {
            int taken = container.spec.ports().values().iterator().next();
            int told = has(Fault.NAMES_ANOTHER_PORT_IN_A_CONFLICT) ? taken - 1 : taken;
            throw ContainerException.portConflict(told, "port " + told + " is taken", List.of(), e);
        }
    }

    @Override
    public ContainerStatus status(String id, Deadline deadline) {
        begin(deadline);
        ReferenceContainer container = containers.get(id);
        ContainerState absent = has(Fault.INVENTS_UNKNOWN_CONTAINERS) ? ContainerState.EXITED : ContainerState.GONE;
        return container == null ? new ContainerStatus(absent, OptionalInt.empty(), 0) : container.status();
    }

    @Override
    public List<String> logTail(String id, int lines, Deadline deadline) {
        begin(deadline);
        ReferenceContainer container = containers.get(id);
        if (container == null || has(Fault.FORGETS_THE_LOG)) {
            return List.of();
        }
        List<String> log = container.log();
        return log.subList(Math.max(0, log.size() - lines), log.size());
    }

    @Override
    public void remove(String id, Duration grace, Deadline deadline) {
        begin(deadline);
        ReferenceContainer container = containers.remove(id);
        if (container == null) {
            if (has(Fault.FAILS_TO_REMOVE_TWICE)) {
                throw failure(Problem.NOT_FOUND, "no container " + id);
            }
        } else if (!has(Fault.KEEPS_THE_PORT_AFTER_REMOVAL)) {
            container.stop();
        }
    }

    @Override
    public List<ModuleContainer> list(Deadline deadline) {
        begin(deadline);
        List<ModuleContainer> all = new ArrayList<>();
        containers.values().forEach(container -> all.add(container.view()));
        if (has(Fault.LISTS_FOREIGN_CONTAINERS)) {
            foreignModules.forEach(
                    module -> all.add(new ModuleContainer("foreign", module, 1, "", ContainerState.RUNNING)));
        }
        return all;
    }

    @Override
    public String publishAddress() {
        return "127.0.0.1";
    }

    @Override
    public Map<Integer, String> occupied(Collection<Integer> ports, Deadline deadline) {
        return portProbe.occupied(ports, deadline);
    }

    @Override
    public void close() {
        portProbe.close();
        containers.values().forEach(ReferenceContainer::stop);
    }
}
