package io.a64.container.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Volume;
import io.a64.Deadline;
import io.a64.probe.HttpProbe;
import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.test.services.FreePort;
import io.a64.test.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** An NGINX of the test's own in a container that shares a directory with this machine. */
final class NginxContainer implements AutoCloseable {

    /** The directory that both see, below the test's folder. */
    static final String SHARED = "shared";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final TestDocker docker = new TestDocker();
    private final NginxSettings settings;
    private final Path folder;
    private final Path seenAt;
    private final boolean onHostNetwork;
    private final int port;

    private NginxContainer(Path folder, Path seenAt, boolean onHostNetwork) {
        this.folder = folder;
        this.seenAt = seenAt;
        this.onHostNetwork = onHostNetwork;
        port = FreePort.find();
        settings = NginxSettings.of(folder.resolve(SHARED))
                .withListen((onHostNetwork ? "127.0.0.1:" : "") + port)
                .withContainer(TestDocker.uniqueName());
    }

    /** Starts one on the network of this machine. */
    static NginxContainer onHostNetwork(Path folder, Path seenAt) {
        return started(new NginxContainer(folder, seenAt, true));
    }

    /** Starts one on Docker's own network, with its port published under the same number. */
    static NginxContainer published(Path folder, Path seenAt) {
        return started(new NginxContainer(folder, seenAt, false));
    }

    /** Joins a network besides its own. */
    void join(String networkId) {
        docker.client()
                .connectToNetworkCmd()
                .withNetworkId(networkId)
                .withContainerId(name())
                .exec();
    }

    private static NginxContainer started(NginxContainer nginx) {
        try {
            Files.createDirectories(nginx.settings.configDirectory());
            Files.writeString(
                    nginx.mainConfiguration(),
                    NginxMainConfiguration.of(nginx.settings)
                            .seenAt(nginx.seenAt)
                            .text());
            nginx.start();
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            nginx.close();
            throw e;
        }
    }

    /** Creates and starts the container; to be used again after {@link #remove()}. */
    void start() {
        CreateContainerCmd command = docker.client()
                .createContainerCmd(Service.NGINX_IN_IMAGE)
                .withName(name())
                .withHostConfig(hostConfig());
        if (!onHostNetwork) {
            command.withExposedPorts(ExposedPort.tcp(port));
        }
        command.exec();
        docker.client().startContainerCmd(name()).exec();
        awaitAnswer();
    }

    private HostConfig hostConfig() {
        HostConfig config = HostConfig.newHostConfig()
                .withBinds(
                        new Bind(settings.configDirectory().toString(), new Volume(seenAt.toString()), AccessMode.ro),
                        new Bind(
                                mainConfiguration().toString(),
                                new Volume(settings.mainConfiguration().toString()),
                                AccessMode.ro));
        return onHostNetwork
                ? config.withNetworkMode("host")
                : config.withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":" + port));
    }

    void awaitAnswer() {
        Awaitility.await("NGINX to answer after its start")
                .atMost(START_LIMIT)
                .ignoreExceptions()
                .until(() -> status("/health") == 200);
    }

    int status(String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpProbe.get(uri, Deadline.after(START_LIMIT), Duration.ofSeconds(2))
                .status();
    }

    /** Returns the main configuration as this machine sees it. */
    Path mainConfiguration() {
        return folder.resolve("nginx.conf");
    }

    NginxSettings settings() {
        return settings;
    }

    String name() {
        return settings.container().orElseThrow();
    }

    TestDocker docker() {
        return docker;
    }

    DockerCommandRunner runner() {
        return new DockerCommandRunner(
                name(), DockerRuntimeSettings.defaults().withHost(Service.dockerHost()), TestDocker.notInAContainer());
    }

    NginxRouteWriter writer(DockerCommandRunner runner) {
        return NginxRouteWriter.using(settings, runner);
    }

    void remove() {
        docker.remove(name());
    }

    @Override
    public void close() {
        remove();
        docker.close();
    }
}
