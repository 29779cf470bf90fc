package io.a64.container.memory;

import io.a64.container.ContainerException;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.container.memory.ImageBehaviour.Exits;
import io.a64.container.memory.ImageBehaviour.Serves;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A container. Its state is guarded by the runtime's lock; its log and what does not change are free. */
final class MemoryContainer {

    private final String id;
    private final String name;
    private final ContainerSpec spec;
    private final ImageBehaviour behaviour;
    private final InetAddress address;
    private final Map<String, String> environment;
    private final OutputLog log = new OutputLog();
    private final List<PublishedPort> ports = new ArrayList<>();
    private ContainerState state = ContainerState.CREATED;
    private @Nullable Integer exitCode;
    private @Nullable ExecutorService workers;

    MemoryContainer(String id, String name, ContainerSpec spec, ImageBehaviour behaviour, InetAddress address) {
        this.id = id;
        this.name = name;
        this.spec = spec;
        this.behaviour = behaviour;
        this.address = address;
        this.environment = environment(spec);
    }

    private static Map<String, String> environment(ContainerSpec spec) {
        Map<String, String> all = new HashMap<>();
        all.put("A64_MODULE", spec.module());
        all.put("A64_GENERATION", Integer.toString(spec.generation()));
        all.put("A64_IMAGE", spec.image());
        if (!spec.ports().isEmpty()) {
            all.put("PORT", spec.ports().firstKey().toString());
        }
        all.putAll(spec.environment());
        return Map.copyOf(all);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    ContainerSpec spec() {
        return spec;
    }

    Map<String, String> environment() {
        return environment;
    }

    OutputLog log() {
        return log;
    }

    boolean isRunning() {
        return state == ContainerState.RUNNING;
    }

    ContainerStatus status() {
        return new ContainerStatus(state, exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode), 0);
    }

    ModuleContainer view() {
        return new ModuleContainer(id, spec.module(), spec.generation(), spec.owner(), state);
    }

    /** @throws ContainerException of problem {@code PORT_CONFLICT}; none of its ports is bound then */
    void start() throws InterruptedException {
        if (isRunning()) {
            return;
        }
        if (behaviour instanceof Exits exits) {
            exits.output().forEach(log::add);
            ended(exits.code());
        } else if (behaviour instanceof Serves serves) {
            serve(serves.handler());
        }
    }

    private void serve(ModuleHandler handler) throws InterruptedException {
        ExecutorService threads = ContainerThreads.of(spec.module());
        workers = threads;
        for (Map.Entry<Integer, Integer> port : spec.ports().entrySet()) {
            publish(port.getValue(), handler, threads);
            log.add(spec.image() + ": port " + port.getKey() + " is published on " + port.getValue());
        }
        state = ContainerState.RUNNING;
        exitCode = null;
    }

    private void publish(int port, ModuleHandler handler, ExecutorService threads) throws InterruptedException {
        try {
            ports.add(PublishedPort.open(address, port, new HandlerAdapter(this, handler), threads));
        } catch (IOException e) {
            closePorts();
            throw ContainerException.portConflict(
                    port,
                    "cannot start the container " + name + ": port " + port + " is taken (" + e.getMessage() + ")",
                    List.of(String.valueOf(e.getMessage())),
                    e);
        } catch (InterruptedException e) {
            closePorts();
            throw e;
        }
    }

    /** Ends its process; quiet if none runs. */
    void end(int code) {
        if (isRunning()) {
            closePorts();
            ended(code);
        }
    }

    private void ended(int code) {
        state = ContainerState.EXITED;
        exitCode = code;
    }

    private void closePorts() {
        ports.forEach(PublishedPort::close);
        ports.clear();
        if (workers != null) {
            workers.shutdownNow();
            workers = null;
        }
    }
}
