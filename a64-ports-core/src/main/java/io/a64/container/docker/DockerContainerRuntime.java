package io.a64.container.docker;

import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
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
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs modules on a Docker engine (API 1.41 or newer, that is 20.10 or newer).
 *
 * <p>A container is called {@code <prefix>-<module>}, from the second generation on {@code <prefix>-<module>-g<n>},
 * and reached within its network by that name and by the module's name. It carries the labels {@code io.a64.platform},
 * {@code io.a64.module}, {@code io.a64.generation} and {@code io.a64.owner}; a container without our platform label is
 * never touched. Docker does not restart it: the restart policy is {@code no}, so that a module that exits is seen.
 *
 * <p>Safe for use by several threads. Making one contacts nobody; an engine that is down shows at the first call as
 * {@code UNAVAILABLE}, and the calls work again when it is back. Up to 32 daemon threads {@code a64-docker-<n>} talk
 * to the engine, started when needed and ended when idle.
 */
public final class DockerContainerRuntime implements ContainerRuntime {

    static final String NAME = "docker";

    private static final Duration PING_LIMIT = Duration.ofSeconds(3);

    private final DockerRuntimeSettings settings;
    private final EngineCalls calls;
    private final Networks networks;
    private final ContainerCreation creation;
    private final ContainerRemoval removal;
    private final AbandonedCreations abandoned;
    private final OccupiedPorts occupiedPorts;

    DockerContainerRuntime(DockerRuntimeSettings settings, OwnContainer ownContainer, String fallbackNetwork) {
        this.settings = settings;
        Failures failures = new Failures(settings.host());
        calls = new EngineCalls(new EngineConnection(URI.create(settings.host()), failures), failures);
        networks = new Networks(settings, ownContainer, fallbackNetwork);
        creation = new ContainerCreation(settings);
        removal = new ContainerRemoval(settings.platform());
        abandoned = new AbandonedCreations(calls, settings.namePrefix());
        HostPorts hostPorts = new HostPorts(settings.portProbe(), DockerSettingRules.address(settings.publishBind()));
        occupiedPorts = new OccupiedPorts(settings, ownContainer, hostPorts, calls);
    }

    /** Returns a runtime on the local engine, {@code unix:///var/run/docker.sock}, with default settings. */
    public static DockerContainerRuntime local() {
        return using(DockerRuntimeSettings.defaults());
    }

    /** Returns a runtime with these settings. */
    public static DockerContainerRuntime using(DockerRuntimeSettings settings) {
        return new DockerContainerRuntime(settings, OwnContainer.ofThisProcess(), Networks.OWN);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Asks for an answer within three seconds, or by the deadline if that is sooner. */
    @Override
    public void ping(Deadline deadline) {
        try {
            calls.call(
                    Operation.PING,
                    "",
                    deadline.orAfter(PING_LIMIT),
                    engine -> engine.ask(
                            Operation.PING, "", () -> engine.client().pingCmd().exec()));
        } catch (ContainerException e) {
            throw isSilence(e) ? silent(e) : e;
        }
    }

    private static boolean isSilence(ContainerException failure) {
        return failure.problem() == Problem.OUTCOME_UNKNOWN
                && !Thread.currentThread().isInterrupted();
    }

    private ContainerException silent(ContainerException cause) {
        return new ContainerException(
                Problem.UNAVAILABLE, "Docker at " + settings.host() + " does not answer", List.of(), cause);
    }

    @Override
    public Optional<ContainerNetwork> network(Deadline deadline) {
        return Optional.of(calls.call(Operation.FIND_NETWORK, settings.network(), deadline, networks::find));
    }

    @Override
    public String create(ContainerSpec spec, Deadline deadline) {
        abandoned.resumed(spec);
        String name = ContainerNames.of(settings.namePrefix(), spec);
        try {
            return calls.call(Operation.CREATE, name, deadline, engine -> {
                ContainerNetwork network =
                        spec.network().isPresent() ? spec.network().get() : networks.find(engine);
                return creation.create(engine, spec, network, deadline);
            });
        } catch (ContainerException e) {
            if (e.problem() == Problem.OUTCOME_UNKNOWN && e.getCause() != null) {
                abandoned.abandon(spec);
            }
            throw e;
        }
    }

    /** Starts the container; a paused one goes on. */
    @Override
    public void start(String id, Deadline deadline) {
        calls.call(
                Operation.START,
                id,
                deadline,
                engine -> engine.ask(Operation.START, id, () -> {
                    boolean paused = engine.inspect(id)
                            .map(seen -> Boolean.TRUE.equals(seen.getState().getPaused()))
                            .orElse(false);
                    try {
                        if (paused) {
                            engine.client().unpauseContainerCmd(id).exec();
                        } else {
                            engine.client().startContainerCmd(id).exec();
                        }
                    } catch (NotModifiedException e) {
                        return id; // it runs already
                    }
                    return id;
                }));
    }

    @Override
    public Optional<String> address(String id, Optional<ContainerNetwork> network, Deadline deadline) {
        return calls.call(Operation.INSPECT, id, deadline, engine -> {
            String networkId = network.isPresent()
                    ? network.get().id()
                    : networks.find(engine).id();
            return engine.inspect(id)
                    .map(ContainerView::of)
                    .filter(ContainerView::running)
                    .flatMap(view -> view.addressIn(networkId));
        });
    }

    @Override
    public ContainerStatus status(String id, Deadline deadline) {
        return calls.call(
                Operation.INSPECT,
                id,
                deadline,
                engine -> engine.inspect(id)
                        .map(ContainerStates::status)
                        .orElseGet(() -> new ContainerStatus(ContainerState.GONE, OptionalInt.empty(), 0)));
    }

    /** Returns at most 1000 lines and 64 KiB; nothing for a container that is gone. */
    @Override
    public List<String> logTail(String id, int lines, Deadline deadline) {
        return calls.call(Operation.READ_LOG, id, deadline, engine -> ContainerLog.tail(engine, id, lines));
    }

    /**
     * Stops and removes the container with its own volumes. If the deadline leaves less than the grace time, the
     * process is ended that much sooner.
     *
     * @throws ContainerException of problem {@code NAME_CONFLICT} if the container is not ours
     */
    @Override
    public void remove(String id, Duration grace, Deadline deadline) {
        calls.call(Operation.REMOVE, id, deadline, engine -> {
            removal.remove(engine, id, grace, deadline);
            return id;
        });
    }

    @Override
    public List<ModuleContainer> list(Deadline deadline) {
        return calls.call(Operation.LIST, "", deadline, this::ours);
    }

    private List<ModuleContainer> ours(Engine engine) {
        List<Container> found = engine.ask(
                Operation.LIST,
                "",
                () -> engine.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(Labels.PLATFORM, settings.platform()))
                        .exec());
        return found.stream()
                .map(DockerContainerRuntime::module)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ModuleContainer> module(Container container) {
        return Labels.read(container.getLabels())
                .map(labels -> new ModuleContainer(
                        container.getId(),
                        labels.module(),
                        labels.generation(),
                        labels.owner(),
                        ContainerStates.of(container.getState())));
    }

    /** Returns the setting {@code a64.docker.publish-bind}, or loopback if ports are published on all addresses. */
    @Override
    public String publishAddress() {
        return switch (settings.publishBind()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> settings.publishBind();
        };
    }

    /**
     * Looks if the engine is on this machine and this process is not in a container with a network of its own; setting
     * {@value PortProbe#SETTING}. Names the container that publishes a port, else the process that has it. Not seen
     * are ports that an old engine without userland proxy publishes by packet filter rules alone, and within a
     * container any port while the engine does not answer.
     */
    @Override
    public Map<Integer, String> occupied(Collection<Integer> ports, Deadline deadline) {
        return occupiedPorts.among(ports, deadline);
    }

    /** Closes the connections and ends the threads; a call that runs fails. Containers stay. */
    @Override
    public void close() {
        calls.close();
    }

    @Override
    public String toString() {
        return "Docker at " + settings.host();
    }
}
