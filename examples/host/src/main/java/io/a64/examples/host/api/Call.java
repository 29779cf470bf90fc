package io.a64.examples.host.api;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;

/** What an endpoint does. May block. */
@FunctionalInterface
interface Call {

    /**
     * Answers a request.
     *
     * @param name the module that the path names, empty if it names none
     * @throws IOException if the body cannot be read
     */
    Answer answer(String name, HttpServerExchange exchange) throws IOException;
}
