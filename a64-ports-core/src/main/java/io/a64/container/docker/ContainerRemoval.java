package io.a64.container.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.a64.Deadline;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import io.a64.container.ContainerState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops and removes a container of ours, together with its own volumes. */
final class ContainerRemoval {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerRemoval.class);

    /** What is left of the deadline for removing after stopping. */
    private static final Duration REMOVAL_TIME = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(50);

    private final String platform;

    ContainerRemoval(String platform) {
        this.platform = platform;
    }

    void remove(Engine engine, String id, Duration grace, Deadline deadline) throws InterruptedException {
        Optional<InspectContainerResponse> found = engine.inspect(id);
        if (found.isEmpty()) {
            return;
        }
        requireOurs(found.get());
        if (ContainerStates.of(found.get()) == ContainerState.RUNNING) {
            stop(engine, id, grace, deadline);
        }
        force(engine, id);
        awaitGone(engine, id, deadline);
        LOG.debug("Removed container {}", id);
    }

    private void requireOurs(InspectContainerResponse found) {
        boolean ours = Labels.read(found.getConfig().getLabels())
                .filter(labels -> labels.platform().equals(platform))
                .isPresent();
        if (!ours) {
            throw new ContainerException(
                    Problem.NAME_CONFLICT,
                    "container " + found.getId() + " does not carry the label " + Labels.PLATFORM + "=" + platform
                            + ", so it is not ours and stays",
                    List.of(),
                    null);
        }
    }

    /** A refusal to stop is no reason to stop here: removal by force follows. */
    private static void stop(Engine engine, String id, Duration grace, Deadline deadline) {
        Duration left = deadline.remaining().minus(REMOVAL_TIME);
        Duration patience = left.compareTo(grace) < 0 ? left : grace;
        int seconds = (int) Math.max(0, patience.toSeconds());
        engine.ask(Operation.REMOVE, id, () -> {
            try {
                engine.client().stopContainerCmd(id).withTimeout(seconds).exec();
            } catch (NotModifiedException | NotFoundException e) {
                LOG.trace("Container {} had stopped before", id);
            } catch (DockerException e) {
                LOG.warn("Container {} did not stop and is removed by force: {}", id, e.getMessage());
            }
            return id;
        });
    }

    /** Removes by force; of one that is gone, or that somebody else removes right now, quietly. */
    private static void force(Engine engine, String id) {
        discard(engine, id, true, "already in progress");
    }

    /** Removes a leftover, but not if it has been started since it was looked at; quiet in any case. */
    static void unlessRunning(Engine engine, String id) {
        discard(engine, id, false, "running", "already in progress");
    }

    private static void discard(Engine engine, String id, boolean byForce, String... acceptedRefusals) {
        engine.ask(Operation.REMOVE, id, () -> {
            try {
                engine.client()
                        .removeContainerCmd(id)
                        .withForce(byForce)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException e) {
                LOG.trace("Container {} was removed before", id);
            } catch (DockerException e) {
                String words = EngineAnswer.of(e).text();
                if (Arrays.stream(acceptedRefusals).noneMatch(words::contains)) {
                    throw e;
                }
            }
            return id;
        });
    }

    private static void awaitGone(Engine engine, String id, Deadline deadline) throws InterruptedException {
        while (engine.inspect(id).isPresent()) {
            if (!deadline.pause(POLL)) {
                throw new ContainerException(
                        Problem.OUTCOME_UNKNOWN, "container " + id + " is still being removed", List.of(), null);
            }
        }
    }
}
