package io.a64.container.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.hostports.HostPorts;
import io.a64.container.hostports.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which ports are taken where the engine publishes them. That can be seen only if the engine is on this machine and
 * this process is in its network name space, not in a container's own.
 */
final class OccupiedPorts {

    private static final Logger LOG = LoggerFactory.getLogger(OccupiedPorts.class);
    /** A hint is not worth waiting for an engine that hangs. */
    private static final Duration ENGINE_LIMIT = Duration.ofSeconds(10);

    private static final int SHORT_ID = 12;

    private final DockerRuntimeSettings settings;
    private final OwnContainer ownContainer;
    private final HostPorts hostPorts;
    private final EngineCalls calls;

    OccupiedPorts(DockerRuntimeSettings settings, OwnContainer ownContainer, HostPorts hostPorts, EngineCalls calls) {
        this.settings = settings;
        this.ownContainer = ownContainer;
        this.hostPorts = hostPorts;
        this.calls = calls;
    }

    /** Returns the taken ones and who has them. The engine is asked only if there is one. */
    Map<Integer, String> among(Collection<Integer> ports, Deadline deadline) {
        if (!settings.isEngineHere()) {
            return Map.of();
        }
        Map<Integer, Transport> taken = hostPorts.taken(ports, deadline);
        return taken.isEmpty()
                ? Map.of()
                : namedByEngine(taken, deadline)
                        .map(named -> withProcesses(named, taken, deadline))
                        .orElse(Map.of());
    }

    private Map<Integer, String> withProcesses(
            Map<Integer, String> named, Map<Integer, Transport> taken, Deadline deadline) {
        Map<Integer, Transport> others = new TreeMap<>(taken);
        others.keySet().removeAll(named.keySet());
        Map<Integer, String> all = new TreeMap<>(hostPorts.holders(others, deadline));
        all.putAll(named);
        return all;
    }

    /**
     * Empty if this process does not see the engine's ports, or cannot learn whether it does. An engine that does not
     * answer costs the name only, where nothing hints at a container around this process.
     */
    private Optional<Map<Integer, String>> namedByEngine(Map<Integer, Transport> taken, Deadline deadline) {
        try {
            return calls.call(
                    Operation.LIST,
                    "",
                    deadline.orAfter(ENGINE_LIMIT),
                    engine -> seesPortsOf(engine) ? Optional.of(publishers(engine, taken)) : Optional.empty());
        } catch (ContainerException e) {
            LOG.debug("Docker does not tell who publishes ports {}", taken.keySet(), e);
            return ownContainer.isRuledOut() ? Optional.of(Map.of()) : Optional.empty();
        }
    }

    private boolean seesPortsOf(Engine engine) {
        return ownContainer
                .find(id -> engine.inspect(id).map(ContainerView::of))
                .map(ContainerView::isOnHostNetwork)
                .orElse(true);
    }

    private static Map<Integer, String> publishers(Engine engine, Map<Integer, Transport> taken) {
        List<Container> running = engine.ask(
                Operation.LIST, "", () -> engine.client().listContainersCmd().exec());
        Map<Integer, String> named = new HashMap<>();
        for (Container container : running) {
            for (ContainerPort port : portsOf(container)) {
                Integer external = port.getPublicPort();
                if (external != null && taken.get(external) == transport(port)) {
                    named.putIfAbsent(external, name(container));
                }
            }
        }
        return named;
    }

    /** Podman leaves them out where there are none. */
    private static List<ContainerPort> portsOf(Container container) {
        ContainerPort[] ports = container.getPorts();
        return ports == null ? List.of() : List.of(ports);
    }

    private static Transport transport(ContainerPort port) {
        return "udp".equals(port.getType()) ? Transport.UDP : Transport.TCP;
    }

    private static String name(Container container) {
        String id = container.getId();
        String shortId = id.substring(0, Math.min(SHORT_ID, id.length()));
        String[] names = container.getNames();
        String name = names == null || names.length == 0 ? "" : LogText.line(names[0].replaceFirst("^/", "")) + " ";
        return "container " + name + "(" + shortId + ")";
    }
}
