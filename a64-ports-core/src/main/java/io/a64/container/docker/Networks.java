package io.a64.container.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the network that modules join. Networks are handled by id: old engines allow several of one name. Looked up
 * at each use, because an operator may remove and create it again.
 */
final class Networks {

    /** The network that is created where this process is in none. */
    static final String OWN = "a64";

    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);
    private static final int CONFLICT = 409;

    private final DockerRuntimeSettings settings;
    private final OwnContainer ownContainer;
    private final String fallback;
    private final ReentrantLock creation = new ReentrantLock();

    Networks(DockerRuntimeSettings settings, OwnContainer ownContainer, String fallback) {
        this.settings = settings;
        this.ownContainer = ownContainer;
        this.fallback = fallback;
    }

    ContainerNetwork find(Engine engine) throws InterruptedException {
        if (!settings.findsNetworkItself()) {
            return named(engine, settings.network());
        }
        Optional<ContainerNetwork> own = ofOwnContainer(engine);
        return own.isPresent() ? own.get() : fallback(engine);
    }

    private static ContainerNetwork named(Engine engine, String nameOrId) {
        List<Network> found = all(engine, network -> network.getName().equals(nameOrId));
        if (found.isEmpty()) {
            found = all(engine, network -> network.getId().equals(nameOrId));
        }
        if (found.size() != 1) {
            throw notOne(nameOrId, found);
        }
        return view(found.get(0));
    }

    private static ContainerException notOne(String nameOrId, List<Network> found) {
        String problem = found.isEmpty()
                ? "Docker has no network " + nameOrId + "; create it, or change setting "
                : "Docker has several networks " + nameOrId + ": "
                        + found.stream().map(Network::getId).collect(Collectors.joining(", "))
                        + "; choose one by its id with setting ";
        return new ContainerException(Problem.NETWORK_NOT_FOUND, problem + DockerSettingRules.NETWORK, List.of(), null);
    }

    private Optional<ContainerNetwork> ofOwnContainer(Engine engine) {
        return ownContainer
                .find(id -> engine.inspect(id).map(ContainerView::of))
                .flatMap(own -> NetworkChoice.choose(own, internal(engine)));
    }

    private static Set<String> internal(Engine engine) {
        return all(engine, network -> Boolean.TRUE.equals(network.getInternal())).stream()
                .map(Network::getId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private ContainerNetwork fallback(Engine engine) throws InterruptedException {
        creation.lockInterruptibly();
        try {
            Optional<ContainerNetwork> existing = oldest(engine);
            return existing.isPresent() ? existing.get() : create(engine);
        } finally {
            creation.unlock();
        }
    }

    /** Every process takes the same one, should two have been created at once. */
    private Optional<ContainerNetwork> oldest(Engine engine) {
        return all(engine, network -> network.getName().equals(fallback)).stream()
                .findFirst()
                .map(Networks::view);
    }

    private ContainerNetwork create(Engine engine) {
        Optional<String> created = tryCreate(engine);
        ContainerNetwork network = oldest(engine)
                .orElseThrow(() -> new ContainerException(
                        Problem.NETWORK_NOT_FOUND,
                        "network " + fallback + " is gone right after its creation",
                        List.of(),
                        null));
        created.filter(id -> !id.equals(network.id())).ifPresent(surplus -> discard(engine, surplus));
        return network;
    }

    private Optional<String> tryCreate(Engine engine) {
        return engine.ask(Operation.FIND_NETWORK, fallback, () -> {
            try {
                String id = engine.client()
                        .createNetworkCmd()
                        .withName(fallback)
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withLabels(Map.of(Labels.PLATFORM, settings.platform()))
                        .exec()
                        .getId();
                LOG.info("Created the Docker network {} ({})", fallback, id);
                return Optional.of(id);
            } catch (DockerException e) {
                if (isTaken(EngineAnswer.of(e))) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static boolean isTaken(EngineAnswer answer) {
        return answer.status() == CONFLICT || answer.text().contains("already");
    }

    private static void discard(Engine engine, String surplus) {
        engine.ask(
                Operation.FIND_NETWORK,
                surplus,
                () -> engine.client().removeNetworkCmd(surplus).exec());
    }

    private static List<Network> all(Engine engine, Predicate<Network> wanted) {
        return engine
                .ask(
                        Operation.FIND_NETWORK,
                        "",
                        () -> engine.client().listNetworksCmd().exec())
                .stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Network::getCreated, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Network::getId))
                .toList();
    }

    private static ContainerNetwork view(Network network) {
        return new ContainerNetwork(network.getId(), network.getName());
    }
}
