package io.a64.examples.host.api;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** Finds the endpoint of a request. */
final class Router {

    private final List<Endpoint> endpoints;

    Router(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    Answer answer(HttpServerExchange exchange) throws IOException {
        List<String> path = Endpoint.segments(exchange.getRequestPath());
        String method = exchange.getRequestMethod().toString();
        List<Endpoint> onPath = endpoints.stream()
                .filter(endpoint -> endpoint.match(path).isPresent())
                .toList();
        if (onPath.isEmpty()) {
            throw new ProblemException(
                    Problem.of(ProblemType.NOT_FOUND, "there is no endpoint " + exchange.getRequestPath()));
        }
        Endpoint chosen = onPath.stream()
                .filter(endpoint -> endpoint.takes(method))
                .findFirst()
                .orElseThrow(() -> notAllowed(method, onPath));
        return answer(chosen, path, onPath, exchange);
    }

    /**
     * A module may be named like one of our words ({@code install}): it can be asked for and removed, but while there
     * is none, such a request was meant for the word and used the wrong method.
     */
    private static Answer answer(Endpoint chosen, List<String> path, List<Endpoint> onPath, HttpServerExchange exchange)
            throws IOException {
        List<Endpoint> words = onPath.stream().filter(Endpoint::isLiteral).toList();
        String name = chosen.match(path).orElseThrow();
        try {
            return chosen.call().answer(name, exchange);
        } catch (RuntimeException e) {
            boolean wordMeant = !words.isEmpty() && !chosen.isLiteral();
            if (wordMeant && Problems.of(e).type() == ProblemType.NOT_FOUND) {
                throw notAllowed(exchange.getRequestMethod().toString(), words);
            }
            throw e;
        }
    }

    private static ProblemException notAllowed(String method, List<Endpoint> onPath) {
        TreeSet<String> allowed =
                new TreeSet<>(onPath.stream().map(Endpoint::method).toList());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String list = String.join(", ", allowed);
        return new ProblemException(Problem.of(
                        ProblemType.METHOD_NOT_ALLOWED, "method " + method + " is not allowed here; allowed: " + list)
                .withHeader("Allow", list));
    }
}
