package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What matters of a container when this process may be in it.
 *
 * @param id its full id
 * @param running whether its process runs
 * @param networkMode the network it was created with: a name or id, {@code host}, {@code container:<id>} …
 * @param endpoints its networks by name
 */
record ContainerView(String id, boolean running, String networkMode, Map<String, Endpoint> endpoints) {

    private static final String HOST_NETWORK = "host";
    private static final String SHARES_NETWORK_OF = "container:";

    /**
     * A container's place in a network.
     *
     * @param networkId the id of the network
     * @param address its IP address there, empty if it has none
     */
    record Endpoint(String networkId, String address) {}

    ContainerView {
        endpoints = new TreeMap<>(endpoints);
    }

    static ContainerView of(InspectContainerResponse seen) {
        Map<String, Endpoint> endpoints = new TreeMap<>();
        if (seen.getNetworkSettings() != null) {
            Map<String, ContainerNetwork> networks = seen.getNetworkSettings().getNetworks();
            if (networks != null) {
                networks.forEach((name, network) -> endpoints.put(
                        name, new Endpoint(orEmpty(network.getNetworkID()), orEmpty(network.getIpAddress()))));
            }
        }
        boolean running =
                seen.getState() != null && Boolean.TRUE.equals(seen.getState().getRunning());
        String mode =
                seen.getHostConfig() == null ? "" : orEmpty(seen.getHostConfig().getNetworkMode());
        return new ContainerView(orEmpty(seen.getId()), running, mode, endpoints);
    }

    /**
     * Whether a process with these addresses can be in this container. A process that shares the network of another
     * container, or of the host, cannot be told apart by addresses.
     */
    boolean canHold(Set<String> localAddresses) {
        return running
                && (isOnHostNetwork()
                        || sharesNetworkOf().isPresent()
                        || endpoints.values().stream().map(Endpoint::address).anyMatch(localAddresses::contains));
    }

    /** Returns its address in a network, empty if it has none there. */
    Optional<String> addressIn(String networkId) {
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.networkId().equals(networkId))
                .map(Endpoint::address)
                .filter(address -> !address.isEmpty())
                .findFirst();
    }

    boolean isOnHostNetwork() {
        return networkMode.equals(HOST_NETWORK);
    }

    /** Returns the id of the container whose network it shares. */
    Optional<String> sharesNetworkOf() {
        return networkMode.startsWith(SHARES_NETWORK_OF)
                ? Optional.of(networkMode.substring(SHARES_NETWORK_OF.length()))
                : Optional.empty();
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
