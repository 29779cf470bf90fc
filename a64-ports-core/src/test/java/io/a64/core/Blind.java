package io.a64.core;

import io.a64.Deadline;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.container.spi.ContainerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A runtime that cannot see what is bound to a port before it binds it itself. */
record Blind(ContainerRuntime runtime) implements ContainerRuntime {

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public void ping(Deadline deadline) {
        runtime.ping(deadline);
    }

    @Override
    public Optional<ContainerNetwork> network(Deadline deadline) {
        return runtime.network(deadline);
    }

    @Override
    public String create(ContainerSpec spec, Deadline deadline) {
        return runtime.create(spec, deadline);
    }

    @Override
    public void start(String id, Deadline deadline) {
        runtime.start(id, deadline);
    }

    @Override
    public ContainerStatus status(String id, Deadline deadline) {
        return runtime.status(id, deadline);
    }

    @Override
    public List<String> logTail(String id, int lines, Deadline deadline) {
        return runtime.logTail(id, lines, deadline);
    }

    @Override
    public void remove(String id, Duration grace, Deadline deadline) {
        runtime.remove(id, grace, deadline);
    }

    @Override
    public List<ModuleContainer> list(Deadline deadline) {
        return runtime.list(deadline);
    }

    @Override
    public String publishAddress() {
        return runtime.publishAddress();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
