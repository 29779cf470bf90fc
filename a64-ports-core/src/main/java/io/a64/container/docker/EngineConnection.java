package io.a64.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import io.a64.container.ContainerException;
import io.a64.container.ContainerException.Problem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the engine, opened at the first call. Agrees with the engine on an API version then, and again when the
 * engine refuses the version because it was replaced by another.
 */
final class EngineConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineConnection.class);

    private static final int CONNECTIONS = 2 * Workers.MOST;
    /** These two have an effect on tcp only, where an interrupt has none. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(3);

    private final URI host;
    private final Failures failures;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable DockerHttpClient http;
    private volatile @Nullable Engine engine;
    private volatile boolean closed;

    EngineConnection(URI host, Failures failures) {
        this.host = host;
        this.failures = failures;
    }

    /** Returns the engine; blocks while the first caller finds out what it speaks. */
    Engine engine() throws InterruptedException {
        Engine known = engine;
        if (known != null) {
            return known;
        }
        lock.lockInterruptibly();
        try {
            Engine found = engine;
            if (found == null) {
                found = connect();
                engine = found;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the agreed version; the next call agrees anew. */
    void forget() {
        engine = null;
    }

    private Engine connect() {
        DockerHttpClient transport = transport();
        Engine unversioned = new Engine(client(transport, ""), failures);
        Version version = unversioned.ask(
                Operation.PING, "", () -> unversioned.client().versionCmd().exec());
        ApiVersion agreed = agree(version);
        LOG.info("Docker {} at {}, API {}", version.getVersion(), host, agreed);
        return new Engine(client(transport, agreed.toString()), failures);
    }

    private ApiVersion agree(Version version) {
        String newest = Objects.requireNonNullElse(version.getApiVersion(), "");
        String oldest = Objects.requireNonNullElse(version.getMinAPIVersion(), newest);
        return ApiVersion.parse(newest)
                .flatMap(most -> ApiVersion.parse(oldest).flatMap(least -> ApiVersion.agree(least, most)))
                .orElseThrow(() -> new ContainerException(
                        Problem.UNAVAILABLE,
                        "Docker at " + host + " speaks API " + LogText.line(oldest) + " to " + LogText.line(newest)
                                + "; this library speaks " + ApiVersion.OLDEST + " to " + ApiVersion.NEWEST,
                        List.of(),
                        null));
    }

    private DockerHttpClient transport() {
        DockerHttpClient open = http;
        if (open == null) {
            open = new ApacheDockerHttpClient.Builder()
                    .dockerHost(host)
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT_LIMIT)
                    .responseTimeout(ANSWER_LIMIT)
                    .build();
            http = open;
        }
        if (closed) {
            close();
            throw failures.closed();
        }
        return open;
    }

    /** The plain builder, because the default one reads variables and files of the host application's user. */
    private DockerClient client(DockerHttpClient transport, String apiVersion) {
        DockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(host.toString())
                .withApiVersion(apiVersion)
                .build();
        return DockerClientImpl.getInstance(config, transport);
    }

    /** Closes the connections; a call that runs fails. Must not wait for the lock, which a hanging call may hold. */
    @Override
    public void close() {
        closed = true;
        DockerHttpClient open = http;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("Closing the connections to Docker at {} failed", host, e);
        }
    }
}
