package io.a64.container.docker;

import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses among the networks of our own container. The same networks always give the same choice, or an error. */
final class NetworkChoice {

    /** Names do not resolve on the default bridge, and the others publish nothing. */
    private static final Set<String> BUILT_IN = Set.of("bridge", "host", "none", "ingress");

    private NetworkChoice() {}

    /**
     * Returns the only user-defined network, or of several the one that the container was created with.
     *
     * @param internal ids of networks without a way out, on which no port is published
     * @return empty if the container has no user-defined network
     * @throws ContainerException if there are several and none was the first; names them
     */
    static Optional<ContainerNetwork> choose(ContainerView own, Set<String> internal) {
        List<ContainerNetwork> candidates = own.endpoints().entrySet().stream()
                .filter(entry -> !BUILT_IN.contains(entry.getKey()))
                .filter(entry -> !internal.contains(entry.getValue().networkId()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new ContainerNetwork(entry.getValue().networkId(), entry.getKey()))
                .toList();
        if (candidates.size() <= 1) {
            return candidates.stream().findFirst();
        }
        return Optional.of(candidates.stream()
                .filter(network ->
                        network.name().equals(own.networkMode()) || network.id().equals(own.networkMode()))
                .findFirst()
                .orElseThrow(() -> ambiguous(candidates)));
    }

    private static ContainerException ambiguous(List<ContainerNetwork> candidates) {
        String names = candidates.stream().map(ContainerNetwork::name).collect(Collectors.joining(", "));
        return new ContainerException(
                Problem.NETWORK_NOT_FOUND,
                "this process is in several networks of Docker: " + names + "; choose one by setting "
                        + DockerSettingRules.NETWORK,
                List.of(),
                null);
    }
}
