package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.proxy.spi.CommandResult;
import io.a64.proxy.spi.CommandRunner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands in a container of a Docker engine, by {@code docker exec}. The container needs a POSIX shell at {@code
 * /bin/sh}.
 *
 * <p>Safe for use by several threads. Making one contacts nobody; a container that does not run, or an engine that is
 * down, shows at the first call as {@code UNAVAILABLE}, and the calls work again when it is back. Daemon threads {@code
 * a64-docker-<n>} talk to the engine, started when needed and ended when idle.
 */
public final class DockerCommandRunner implements CommandRunner {

    static final String NAME = "docker";

    private static final Logger LOG = LoggerFactory.getLogger(DockerCommandRunner.class);

    /** A container is looked at again after this long: it may have been made anew, with other volumes and ports. */
    private static final Duration LOOK_LIFE = Duration.ofSeconds(2);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final String container;
    private final DockerRuntimeSettings settings;
    private final OwnContainer ownContainer;
    private final EngineCalls calls;
    private volatile Optional<Look> last = Optional.empty();

    /** What a container looked like until a while ago. */
    private record Look(InspectContainerResponse seen, Deadline end) {}

    DockerCommandRunner(String container, DockerRuntimeSettings settings, OwnContainer ownContainer) {
        this.container = container;
        this.settings = settings;
        this.ownContainer = ownContainer;
        Failures failures = new Failures(settings.host());
        calls = new EngineCalls(new EngineConnection(URI.create(settings.host()), failures), failures);
    }

    /**
     * Returns a runner for a container.
     *
     * @param container its name or id
     * @param settings how to reach the engine; nothing else of them is used
     */
    public static DockerCommandRunner in(String container, DockerRuntimeSettings settings) {
        return new DockerCommandRunner(container, settings, OwnContainer.ofThisProcess());
    }

    @Override
    public CommandResult run(List<String> command, Deadline deadline) {
        ContainerCommand running = new ContainerCommand(container, command);
        try {
            return calls.call(Operation.EXECUTE, container, deadline, running::run);
        } catch (ContainerException e) {
            if (e.problem() == Problem.OUTCOME_UNKNOWN) {
                calls.later(() -> kill(running));
            }
            throw e;
        }
    }

    private void kill(ContainerCommand running) {
        try {
            calls.call(Operation.EXECUTE, container, Deadline.after(KILL_LIMIT), running::kill);
        } catch (ContainerException e) {
            LOG.debug("A command that was given up may still run in {}", this, e);
        }
    }

    @Override
    public Path asSeen(Path local, Deadline deadline) {
        return calls.call(Operation.INSPECT, container, deadline, engine -> {
            Optional<InspectContainerResponse> own = ownContainer
                    .itself(id -> engine.inspect(id).map(ContainerView::of))
                    .flatMap(view -> engine.inspect(view.id()));
            Optional<Path> onHost = own.isEmpty()
                    ? Optional.of(Volumes.realPlace(local))
                    : Volumes.of(own.get()).outside(local);
            return onHost.flatMap(path -> Volumes.of(look(engine)).inside(path))
                    .orElseThrow(() -> new ContainerException(
                            Problem.OTHER,
                            "no volume brings " + local + " into " + this + "; mount it there",
                            List.of(),
                            null));
        });
    }

    @Override
    public String reach(String address, int port, Deadline deadline) {
        return calls.call(Operation.INSPECT, container, deadline, engine -> {
            Optional<ContainerView> own =
                    ownContainer.find(id -> engine.inspect(id).map(ContainerView::of));
            return new Reachability(settings.host(), own)
                    .of(withNetworks(engine, look(engine)), address, port)
                    .orElseThrow(() -> new ContainerException(
                            Problem.OTHER,
                            "port " + port + " of " + this + " cannot be reached from here; publish it, or share a"
                                    + " network with it",
                            List.of(),
                            null));
        });
    }

    private InspectContainerResponse withNetworks(Engine engine, InspectContainerResponse seen) {
        Optional<String> other = ContainerView.of(seen).sharesNetworkOf();
        return other.isPresent() ? engine.inspect(other.get()).orElse(seen) : seen;
    }

    private InspectContainerResponse look(Engine engine) {
        Optional<Look> known = last.filter(look -> !look.end().hasPassed());
        if (known.isPresent()) {
            return known.get().seen();
        }
        InspectContainerResponse seen = engine.inspect(container)
                .orElseThrow(() -> new ContainerException(
                        Problem.UNAVAILABLE,
                        "Docker at " + settings.host() + " has no container " + container,
                        List.of(),
                        null));
        last = Optional.of(new Look(seen, Deadline.after(LOOK_LIFE)));
        return seen;
    }

    @Override
    public List<String> errorTail(int lines, Deadline deadline) {
        return calls.call(
                Operation.READ_LOG, container, deadline, engine -> ContainerLog.errorTail(engine, container, lines));
    }

    /** Closes the connections and ends the threads; a call that runs fails. */
    @Override
    public void close() {
        calls.close();
    }

    @Override
    public String toString() {
        return "container " + container;
    }
}
