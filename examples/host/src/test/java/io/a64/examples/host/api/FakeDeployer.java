package io.a64.examples.host.api;

import io.a64.FailureKind;
import io.a64.ModuleName;
import io.a64.deploy.DeployerHealth;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.Undeployment;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PoolForecast;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortReservation;
import io.a64.ports.PortStatistics;
import io.a64.ports.PortTenure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Remembers specifications and answers from them; can be told to fail. */
final class FakeDeployer implements ModuleDeployer {

    private static final Instant NOW = Instant.parse("2025-10-19T08:00:00Z");

    final ConcurrentSkipListMap<String, ModuleSpec> specs = new ConcurrentSkipListMap<>();
    final ConcurrentSkipListMap<String, PortReservation> reservations = new ConcurrentSkipListMap<>();
    volatile Consumer<ModuleSpec> beforeDeploy = spec -> {};
    volatile Consumer<String> beforeReserve = module -> {};
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
        int available = 11_000 - 3 - allocated.size() - reservations.size();
        PoolStatistics general = new PoolStatistics(
                PoolStatistics.GENERAL,
                List.of(PortRange.DEFAULT),
                List.of(new PortRange(20000, 20099)),
                11_000,
                available,
                allocated.size(),
                reservations.size(),
                2,
                1);
        PoolStatistics flask =
                new PoolStatistics("flask", List.of(new PortRange(15000, 15099)), List.of(), 100, 100, 0, 0, 0, 0);
        return new PortStatistics(
                PortRange.DEFAULT, available, reservations.size(), 2, 1, allocated, List.of(flask, general));
    }

    @Override
    public PortReservation reservePorts(String module, List<Integer> internalPorts, Duration ttl) {
        ModuleName.require("module_name", module);
        beforeReserve.accept(module);
        if (specs.containsKey(module)) {
            throw DeploymentException.beforeSteps(
                    FailureKind.CONFLICT, module, "module " + module + " is installed already");
        }
        PortReservation reservation = new PortReservation(module, ports(internalPorts), NOW.plus(ttl));
        PortReservation present = reservations.get(module);
        if (present != null && !present.ports().equals(reservation.ports())) {
            throw new PortException(FailureKind.CONFLICT, "module " + module + " has a reservation already", null);
        }
        reservations.put(module, reservation);
        return reservation;
    }

    @Override
    public Optional<PortReservation> extendPortReservation(String module, Duration ttl) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean cancelPortReservation(String module) {
        return reservations.remove(module) != null;
    }

    @Override
    public List<PortReservation> portReservations() {
        return List.copyOf(reservations.values());
    }

    @Override
    public List<PortTenure> portHistory() {
        return List.of(
                new PortTenure(9000, "app", 8080, 1, NOW, Optional.of(NOW.plusSeconds(90)), Optional.of("released")),
                new PortTenure(9001, "shop", 8081, 2, NOW, Optional.empty(), Optional.empty()));
    }

    @Override
    public List<PoolForecast> portForecast() {
        return List.of(
                new PoolForecast("flask", Duration.ofHours(2), -1.5, Optional.empty()),
                new PoolForecast("general", Duration.ofDays(7), 2.5, Optional.of(Duration.ofHours(36))));
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

    private static SortedMap<Integer, Integer> ports(List<Integer> internalPorts) {
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        internalPorts.forEach(port -> ports.put(port, 9000 + ports.size()));
        return ports;
    }

    private static Deployment view(ModuleSpec spec) {
        SortedMap<Integer, Integer> ports = ports(spec.internalPorts());
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
