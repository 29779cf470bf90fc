package io.a64.examples.host.api;

import io.a64.FailureKind;
import io.a64.deploy.DeployerHealth;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.Undeployment;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortRange;
import io.a64.ports.PortStatistics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Remembers specifications and answers from them; can be told to fail. */
final class FakeDeployer implements ModuleDeployer {

    private static final Instant NOW = Instant.parse("2025-10-19T08:00:00Z");

    final ConcurrentSkipListMap<String, ModuleSpec> specs = new ConcurrentSkipListMap<>();
    volatile Consumer<ModuleSpec> beforeDeploy = spec -> {};
    volatile Optional<String> dockerProblem = Optional.empty();

    @Override
    public Deployment deploy(ModuleSpec spec) {
        beforeDeploy.accept(spec);
        if (specs.putIfAbsent(spec.name(), spec) != null) {
            throw DeploymentException.beforeSteps(
                    FailureKind.CONFLICT, spec.name(), "module " + spec.name() + " is installed already");
        }
        return view(spec);
    }

    @Override
    public Deployment deploy(ModuleSpec spec, Duration timeout) {
        return deploy(spec);
    }

    @Override
    public CompletableFuture<Deployment> deployAsync(ModuleSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Deployment> deployAsync(ModuleSpec spec, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Undeployment undeploy(String module) {
        ModuleSpec spec = specs.remove(module);
        if (spec == null) {
            throw DeploymentException.beforeSteps(FailureKind.NOT_FOUND, module, "there is no module " + module);
        }
        return new Undeployment(module, List.copyOf(view(spec).ports().values()));
    }

    @Override
    public Undeployment undeploy(String module, Duration timeout) {
        return undeploy(module);
    }

    @Override
    public CompletableFuture<Undeployment> undeployAsync(String module) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Deployment> list() {
        return specs.values().stream().map(FakeDeployer::view).toList();
    }

    @Override
    public Optional<Deployment> find(String module) {
        return Optional.ofNullable(specs.get(module)).map(FakeDeployer::view);
    }

    @Override
    public PortStatistics portStatistics() {
        List<AllocatedPort> allocated = new ArrayList<>();
        specs.values()
                .forEach(spec -> view(spec)
                        .ports()
                        .forEach((internal, external) ->
                                allocated.add(new AllocatedPort(spec.name(), external, internal, NOW))));
        return new PortStatistics(PortRange.DEFAULT, 11_000 - allocated.size(), 0, 2, 1, allocated, List.of());
    }

    @Override
    public DeployerHealth health() {
        return new DeployerHealth(List.of(
                new DeployerHealth.Part("allocator", "mongodb", Optional.empty()),
                new DeployerHealth.Part("records", "mongodb", Optional.empty()),
                new DeployerHealth.Part("runtime", "docker", dockerProblem),
                new DeployerHealth.Part("routes", "nginx", Optional.empty())));
    }

    @Override
    public void close() {}

    private static Deployment view(ModuleSpec spec) {
        TreeMap<Integer, Integer> ports = new TreeMap<>();
        spec.internalPorts().forEach(port -> ports.put(port, 9000 + ports.size()));
        List<URI> direct = ports.values().stream()
                .map(port -> URI.create("http://localhost:" + port))
                .toList();
        return new Deployment(
                spec.name(),
                1,
                ModuleState.RUNNING,
                spec.image(),
                spec.version(),
                ports,
                Optional.of("/" + spec.name()),
                new Deployment.Urls(Optional.of(URI.create("http://localhost/" + spec.name() + "/")), direct),
                NOW);
    }
}
