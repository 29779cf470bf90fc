package io.a64.container.memory;

import java.io.IOException;

/** What an image of the in-memory runtime does with requests. Called by several threads at once. */
@FunctionalInterface
public interface ModuleHandler {

    /**
     * Answers a request; may block. What it throws is answered with 500 and stands in the container's log.
     *
     * @throws IOException if it cannot answer
     */
    HandlerResponse handle(HandlerRequest request) throws IOException;
}
