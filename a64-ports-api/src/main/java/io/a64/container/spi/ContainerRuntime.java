package io.a64.container.spi;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.spi.Component;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs containers. Safe for use by several threads. Every method ends by its deadline, and may throw {@link
 * ContainerException}; an interrupt ends it early and leaves the interrupt flag set.
 *
 * <p>Only containers that this library created are ever touched; they are known by their labels.
 */
public interface ContainerRuntime extends Component {

    /**
     * Returns the network that modules join, so that they reach each other by name; it is created if the settings
     * say so. Empty if this runtime has none.
     */
    Optional<ContainerNetwork> network(Deadline deadline);

    /**
     * Creates a container without starting it. Besides the given environment the process gets {@code PORT} (the
     * first internal port, unless given), {@code A64_MODULE} and {@code A64_GENERATION}.
     *
     * @return the runtime's identifier of the container; for a specification that the same owner created before, of
     *     that container
     * @throws ContainerException if it could not; no container is left behind then
     */
    String create(ContainerSpec spec, Deadline deadline);

    /**
     * Starts a container's process and returns when the runtime says it runs. Starting a running container is quiet.
     * Says nothing about readiness.
     */
    void start(String id, Deadline deadline);

    /**
     * Returns the IP literal under which the container's neighbours in a network reach the ports that its process listens
     * at. It is that of the running container; a start may give it another one.
     *
     * @param network the network, empty for the runtime's own default
     * @return empty if the container has no address of its own there, as from this method by default
     */
    default Optional<String> address(String id, Optional<ContainerNetwork> network, Deadline deadline) {
        return Optional.empty();
    }

    /** Returns how a container is; {@code GONE} if there is none of this identifier. */
    ContainerStatus status(String id, Deadline deadline);

    /** Returns the last lines of its output, oldest first, control characters replaced; empty if there is none. */
    List<String> logTail(String id, int lines, Deadline deadline);

    /**
     * Stops a container's process, by force after the grace time, and removes the container. Removing what is gone
     * is quiet.
     */
    void remove(String id, Duration grace, Deadline deadline);

    /** Returns every container of ours, running or not, in no particular order. */
    List<ModuleContainer> list(Deadline deadline);

    /** Returns the IP literal under which published ports are reached from this machine. */
    String publishAddress();

    /**
     * Looks which of these external ports something is bound to on the machine where {@link #start} would publish
     * them: a process nobody told the port registry about, or a container, one of ours included. To be asked about
     * ports that were just granted, before they are published.
     *
     * <p>This is a hint and no promise. A port that is not in the answer is either free or could not be looked at, and
     * may be bound by the time it is published; a port that is in the answer may be free again. The last judge is
     * {@link #start}, which reports {@code PORT_CONFLICT}.
     *
     * <p>Nothing stays bound when this returns, and what cannot be learned is left out instead of thrown: it throws no
     * {@link ContainerException}. A deadline that has passed, and an interrupt, end it with what is known by then.
     *
     * @param ports external ports, 1 to 65535; others are never in the answer
     * @return of these ports those that are taken, each with a line for an operator that names who has it as far as
     *     the system tells, such as {@code process nginx (pid 4711)} or {@code container web (0f3c…)}; never blank.
     *     Empty from a runtime that cannot look there, as this one by default
     */
    default Map<Integer, String> occupied(Collection<Integer> ports, Deadline deadline) {
        return Map.of();
    }
}
