package io.a64.examples.benchmarks.deploy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.a64.Deadline;
import io.a64.probe.HttpProbe;
import io.a64.test.services.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The least that makes an image reachable: no record, no check, no undo. */
final class Floor implements AutoCloseable {

    private static final int PORT = 24000;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(2);

    private final RealServices services;
    private final DockerClient docker;
    private final Path file;
    private String container = "";

    Floor(RealServices services) {
        this.services = services;
        this.file = services.handWritten().resolve("floor.conf");
        DefaultDockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(Service.dockerHost())
                .build();
        docker = DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    Duration deploy(String name) throws IOException, InterruptedException {
        long start = System.nanoTime();
        container = docker.createContainerCmd(Service.DEMO_IMAGE)
                .withExposedPorts(ExposedPort.tcp(8080))
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("a64")
                        .withPortBindings(PortBinding.parse("127.0.0.1:" + PORT + ":8080")))
                .exec()
                .getId();
        docker.startContainerCmd(container).exec();
        await(URI.create("http://127.0.0.1:" + PORT + "/health"));
        Files.writeString(file, "location ^~ /floor-" + name + "/ { proxy_pass http://127.0.0.1:" + PORT + "/; }");
        reload();
        await(URI.create("http://127.0.0.1:" + services.nginxPort() + "/floor-" + name + "/health"));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void undeploy() throws IOException, InterruptedException {
        Files.delete(file);
        reload();
        docker.removeContainerCmd(container).withForce(true).exec();
    }

    private void reload() throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -HUP " + services.nginxPid())
                .start()
                .waitFor();
    }

    private static void await(URI uri) throws InterruptedException {
        Deadline deadline = Deadline.after(LIMIT);
        while (!answers(uri, deadline)) {
            if (!deadline.pause(POLL)) {
                throw new IllegalStateException(uri + " does not answer");
            }
        }
    }

    private static boolean answers(URI uri, Deadline deadline) {
        try {
            return HttpProbe.get(uri, deadline, LIMIT).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        docker.close();
    }
}
