package io.a64.test.services;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server that is started once for a test class and closed after it; to be registered as a static field. Where {@link
 * RequiresService} keeps the class from running, nothing is started.
 *
 * @param <S> the server
 */
public final class OwnServer<S extends AutoCloseable> implements BeforeAllCallback, AfterAllCallback {

    private final Supplier<S> start;
    private @Nullable S server;

    /** Starts nothing yet. */
    public OwnServer(Supplier<S> start) {
        this.start = start;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = start.get();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (server != null) {
            server.close();
        }
    }

    /** Returns the running server. */
    public S get() {
        return Objects.requireNonNull(server, "the server is started before the first test of the class");
    }
}
