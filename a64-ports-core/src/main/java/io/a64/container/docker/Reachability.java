package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import io.a64.container.docker.ContainerView.Endpoint;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How this process reaches a port of a container: through a network that both are in, else where the port is published,
 * else at the container's own address, which the engine's machine has a way to.
 *
 * @param engineHost where the engine is
 * @param own the container that this process runs in, if it runs in one
 */
record Reachability(String engineHost, Optional<ContainerView> own) {

    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");
    private static final String LOOPBACK = "127.0.0.1";

    /** Returns {@code address:port} for a listener of the container, empty if there is no way. */
    Optional<String> of(InspectContainerResponse seen, String listensAt, int port) {
        ContainerView view = ContainerView.of(seen);
        if (view.isOnHostNetwork()) {
            return Optional.of(address(listensAt.equals(LOOPBACK) ? engine() : listensAt, port));
        }
        return Stream.of(shared(view, port), published(seen, port), direct(view, port))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> shared(ContainerView view, int port) {
        Set<String> networks = own.stream()
                .flatMap(ours -> ours.endpoints().values().stream())
                .map(Endpoint::networkId)
                .collect(Collectors.toUnmodifiableSet());
        return addresses(view, port, networks::contains);
    }

    private static Optional<String> direct(ContainerView view, int port) {
        return addresses(view, port, network -> true);
    }

    private static Optional<String> addresses(ContainerView view, int port, Predicate<String> network) {
        return view.endpoints().values().stream()
                .filter(endpoint -> network.test(endpoint.networkId())
                        && !endpoint.address().isEmpty())
                .map(endpoint -> address(endpoint.address(), port))
                .findFirst();
    }

    private Optional<String> published(InspectContainerResponse seen, int port) {
        Ports ports = seen.getNetworkSettings() == null
                ? null
                : seen.getNetworkSettings().getPorts();
        Ports.Binding[] bindings = ports == null ? null : ports.getBindings().get(ExposedPort.tcp(port));
        return bindings == null
                ? Optional.empty()
                : Stream.of(bindings)
                        .map(binding -> address(
                                host(Objects.requireNonNullElse(binding.getHostIp(), "")),
                                Integer.parseInt(binding.getHostPortSpec())))
                        .findFirst();
    }

    private String host(String published) {
        return EVERYWHERE.contains(published) ? engine() : published;
    }

    private String engine() {
        String host = URI.create(engineHost).getHost();
        return host == null ? LOOPBACK : host;
    }

    private static String address(String host, int port) {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }
}
