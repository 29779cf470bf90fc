package io.a64.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Optional;

/**
 * An engine that answers, with the API version agreed upon. Used on worker threads only: calls block until they are
 * interrupted.
 *
 * @param client the client of that version
 * @param failures makes exceptions of what goes wrong
 */
record Engine(DockerClient client, Failures failures) {

    /** Asks the engine one thing. */
    @FunctionalInterface
    interface Request<T> {
        T send() throws InterruptedException;
    }

    /**
     * Asks the engine one thing.
     *
     * @throws io.a64.container.ContainerException for whatever goes wrong
     */
    <T> T ask(Operation operation, String subject, Request<T> request) {
        try {
            return request.send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.translate(operation, subject, e);
        } catch (RuntimeException e) {
            throw failures.translate(operation, subject, e);
        }
    }

    /** Looks at a container by id or name, empty if there is none. */
    Optional<InspectContainerResponse> inspect(String idOrName) {
        return ask(Operation.INSPECT, idOrName, () -> {
            try {
                return Optional.of(client.inspectContainerCmd(idOrName).exec());
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
