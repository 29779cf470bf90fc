package io.a64.container.docker;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the container that this process runs in, if it runs in one of the engine that is asked. */
final class OwnContainer {

    private static final Logger LOG = LoggerFactory.getLogger(OwnContainer.class);

    private final OwnContainerId ids;
    private final Supplier<Set<String>> localAddresses;

    OwnContainer(OwnContainerId ids, Supplier<Set<String>> localAddresses) {
        this.ids = ids;
        this.localAddresses = localAddresses;
    }

    static OwnContainer ofThisProcess() {
        return new OwnContainer(new OwnContainerId(Path.of("/")), OwnContainer::addressesOfThisMachine);
    }

    /**
     * Returns the container whose networks this process is in, empty if it is in none of this engine.
     *
     * @param inspect looks at a container by id, empty if there is none
     */
    Optional<ContainerView> find(Function<String, Optional<ContainerView>> inspect) {
        return itself(inspect).flatMap(view -> withNetworks(view, inspect, localAddresses.get()));
    }

    /**
     * Returns the container itself, also if it is in the networks of another one.
     *
     * @param inspect looks at a container by id, empty if there is none
     */
    Optional<ContainerView> itself(Function<String, Optional<ContainerView>> inspect) {
        Set<String> addresses = localAddresses.get();
        for (String candidate : ids.candidates()) {
            Optional<ContainerView> found =
                    inspect.apply(candidate).filter(view -> view.id().startsWith(candidate) && view.canHold(addresses));
            if (found.isPresent()) {
                LOG.debug("This process runs in container {}", candidate);
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether nothing says that this process runs in a container, so that no engine has to be asked. */
    boolean isRuledOut() {
        return ids.candidates().isEmpty();
    }

    private static Optional<ContainerView> withNetworks(
            ContainerView view, Function<String, Optional<ContainerView>> inspect, Set<String> addresses) {
        return view.sharesNetworkOf().isEmpty()
                ? Optional.of(view)
                : inspect.apply(view.sharesNetworkOf().get()).filter(other -> other.canHold(addresses));
    }

    private static Set<String> addressesOfThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            LOG.debug("The addresses of this machine cannot be read", e);
            return Set.of();
        }
    }
}
