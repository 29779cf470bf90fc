package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerNetwork;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a container, whatever stands in its way: an image that is not there is fetched once, and a container that
 * has the name is adopted, replaced or left alone. Docker gives a name to one container only, so of several that
 * create the same container at once one wins and the others adopt.
 */
final class ContainerCreation {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerCreation.class);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final DockerRuntimeSettings settings;

    ContainerCreation(DockerRuntimeSettings settings) {
        this.settings = settings;
    }

    String create(Engine engine, ContainerSpec spec, ContainerNetwork network, Deadline deadline)
            throws InterruptedException {
        String name = ContainerNames.of(settings.namePrefix(), spec);
        CreateRequest request = new CreateRequest(spec, name, network, settings);
        try {
            return createOrAdopt(engine, request, deadline);
        } catch (ContainerException e) {
            if (e.problem() != Problem.IMAGE_NOT_FOUND) {
                throw e;
            }
            ImagePull.pull(engine, spec.image());
            return createOrAdopt(engine, request, deadline);
        }
    }

    private String createOrAdopt(Engine engine, CreateRequest request, Deadline deadline) throws InterruptedException {
        while (true) {
            try {
                return send(engine, request);
            } catch (ContainerException e) {
                if (e.problem() != Problem.NAME_CONFLICT) {
                    throw e;
                }
                Optional<String> adopted = settle(engine, request, e);
                if (adopted.isPresent()) {
                    return adopted.get();
                }
                pauseBeforeRetry(deadline, e);
            }
        }
    }

    private static String send(Engine engine, CreateRequest request) {
        return engine.ask(Operation.CREATE, request.name(), () -> {
            String id = request.on(engine.client()).exec().getId();
            LOG.debug("Created container {} ({})", request.name(), id);
            return id;
        });
    }

    /** The winner's container has its name a moment before it can be looked at, so looking again may help. */
    private static void pauseBeforeRetry(Deadline deadline, ContainerException conflict) throws InterruptedException {
        if (!deadline.pause(RETRY)) {
            throw conflict;
        }
    }

    /** Returns the container to adopt, empty if creating it may work now. */
    private Optional<String> settle(Engine engine, CreateRequest request, ContainerException conflict) {
        Optional<InspectContainerResponse> holder = engine.inspect(request.name());
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        Labels labels = Labels.read(holder.get().getConfig().getLabels())
                .filter(found -> found.platform().equals(settings.platform()))
                .orElseThrow(() -> taken(request, "a container that is not ours", conflict));
        if (labels.owner().equals(request.spec().owner())) {
            LOG.debug("Adopted container {} ({})", request.name(), holder.get().getId());
            return Optional.of(holder.get().getId());
        }
        if (ContainerStates.of(holder.get()) == ContainerState.RUNNING) {
            throw taken(request, "the running container of deployment " + labels.owner(), conflict);
        }
        LOG.info("Replacing container {}, a leftover of deployment {}", request.name(), labels.owner());
        ContainerRemoval.unlessRunning(engine, holder.get().getId());
        return Optional.empty();
    }

    private static ContainerException taken(CreateRequest request, String holder, ContainerException conflict) {
        return new ContainerException(
                Problem.NAME_CONFLICT,
                "cannot create the container " + request.name() + ": " + holder
                        + " has that name; remove or rename it, or change setting " + DockerSettingRules.NAME_PREFIX,
                List.copyOf(conflict.evidence()),
                conflict);
    }
}
