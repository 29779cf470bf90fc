package io.a64.container.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.a64.container.ContainerSpec;
import io.a64.container.ContainerState;
import io.a64.container.ContainerStatus;
import io.a64.container.ModuleContainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A container that is a web server in this process. */
final class ReferenceContainer {

    static final String LAST_WORDS = "reference: told to exit";

    final String id;
    final ContainerSpec spec;
    private final Map<String, String> environment;
    private volatile ContainerState state = ContainerState.CREATED;
    private volatile List<String> log = List.of();
    private @Nullable HttpServer server;

    ReferenceContainer(String id, ContainerSpec spec, Map<String, String> environment) {
        this.id = id;
        this.spec = spec;
        this.environment = environment;
    }

    void start(boolean ignoresConflict) throws IOException {
        if (spec.environment().containsKey("EXIT")) {
            log = List.of(LAST_WORDS);
            state = ContainerState.EXITED;
            return;
        }
        try {
            listen();
        } catch (IOException e) {
            if (!ignoresConflict) {
                throw e;
            }
        }
        state = ContainerState.RUNNING;
    }

    private void listen() throws IOException {
        int port = spec.ports().values().iterator().next();
        HttpServer opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        opened.createContext("/", this::answer);
        opened.start();
        server = opened;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = environment.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    List<String> log() {
        return log;
    }

    boolean isRunning() {
        return state == ContainerState.RUNNING;
    }

    ContainerStatus status() {
        return new ContainerStatus(state, state == ContainerState.EXITED ? OptionalInt.of(0) : OptionalInt.empty(), 0);
    }

    ModuleContainer view() {
        return new ModuleContainer(id, spec.module(), spec.generation(), spec.owner(), state);
    }
}
