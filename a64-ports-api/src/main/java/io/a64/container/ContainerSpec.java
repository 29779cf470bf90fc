package io.a64.container;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A container to create.
 *
 * @param module the module it belongs to
 * @param generation the module's generation
 * @param owner the deployment that creates it; recorded in a label
 * @param image the image reference as the module names it
 * @param ports internal port to external port; each is published on the runtime's publishing address
 * @param environment variables for the process, besides those the runtime sets; never logged
 * @param resources limits
 * @param network the network to join, empty for the runtime's own default
 */
public record ContainerSpec(
        String module,
        int generation,
        String owner,
        String image,
        SortedMap<Integer, Integer> ports,
        Map<String, String> environment,
        Resources resources,
        Optional<ContainerNetwork> network) {

    public ContainerSpec {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(image, "image");
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
        environment = Map.copyOf(environment);
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(network, "network");
    }
}
