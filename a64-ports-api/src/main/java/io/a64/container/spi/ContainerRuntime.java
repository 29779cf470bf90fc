package io.a64.container.spi;

import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import io.a64.spi.Component;
import java.time.Duration;
import java.util.List;
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
}
