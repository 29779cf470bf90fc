package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up behind a creation that was left at its deadline: Docker may complete it although nobody waits, and a failed
 * creation must leave nothing behind. Best effort, in the background; what survives it is replaced by the next creation
 * of that name.
 */
final class AbandonedCreations {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedCreations.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private record Creation(String name, String owner) {}

    private final EngineCalls calls;
    private final String prefix;
    private final Set<Creation> abandoned = ConcurrentHashMap.newKeySet();

    AbandonedCreations(EngineCalls calls, String prefix) {
        this.calls = calls;
        this.prefix = prefix;
    }

    /** The owner tries again, so what he left is not abandoned any more. */
    void resumed(ContainerSpec spec) {
        abandoned.remove(creation(spec));
    }

    void abandon(ContainerSpec spec) {
        Creation creation = creation(spec);
        if (abandoned.add(creation)) {
            calls.later(() -> cleanUp(creation));
        }
    }

    private Creation creation(ContainerSpec spec) {
        return new Creation(ContainerNames.of(prefix, spec), spec.owner());
    }

    private void cleanUp(Creation creation) {
        Deadline deadline = Deadline.after(PATIENCE);
        try {
            calls.call(Operation.REMOVE, creation.name(), deadline, engine -> {
                while (abandoned.contains(creation) && !removed(engine, creation) && deadline.pause(POLL)) {
                    LOG.trace("Waiting for the abandoned container {}", creation.name());
                }
                return creation;
            });
        } catch (ContainerException e) {
            LOG.debug("Whether Docker created {} is not known", creation.name(), e);
        } finally {
            abandoned.remove(creation);
        }
    }

    private boolean removed(Engine engine, Creation creation) {
        Optional<String> id = engine.inspect(creation.name())
                .filter(found -> isOf(creation, found))
                .map(InspectContainerResponse::getId);
        if (id.isPresent() && abandoned.remove(creation)) {
            LOG.info("Removing container {}, whose creation was given up", creation.name());
            ContainerRemoval.unlessRunning(engine, id.get());
        }
        return id.isPresent();
    }

    private static boolean isOf(Creation creation, InspectContainerResponse found) {
        return ContainerStates.of(found) == ContainerState.CREATED
                && Labels.read(found.getConfig().getLabels())
                        .filter(labels -> labels.owner().equals(creation.owner()))
                        .isPresent();
    }
}
