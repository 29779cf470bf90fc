package io.a64.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.a64.container.ContainerSpec;
import io.a64.container.Resources;
import io.a64.container.testkit.ForeignContainer;
import io.a64.test.services.FreePort;
import io.a64.test.services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The engine as somebody else sees it, to prepare what our runtime meets and to look at what it did. */
final class TestDocker implements AutoCloseable {

    private final DockerClient client;

    TestDocker() {
        URI host = URI.create(Service.dockerHost());
        DockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withDockerHost(host.toString())
                .withApiVersion("")
                .build();
        client = DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(host)
                        .maxConnections(4)
                        .build());
    }

    static String uniqueName() {
        return "a64t-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** So that tests behave alike on a machine and in a container. */
    static OwnContainer notInAContainer() {
        return new OwnContainer(new OwnContainerId(Path.of("/nowhere")), Set::of);
    }

    /** Returns a specification of a demo container whose port 8080 is published on a free one. */
    static ContainerSpec spec(String module, int generation) {
        return spec(module, generation, Resources.unlimited());
    }

    static ContainerSpec spec(String module, int generation, Resources resources) {
        return new ContainerSpec(
                module,
                generation,
                "owner",
                Service.DEMO_IMAGE,
                new TreeMap<>(Map.of(8080, FreePort.find())),
                Map.of(),
                resources,
                Optional.empty());
    }

    DockerClient client() {
        return client;
    }

    InspectContainerResponse inspect(String idOrName) {
        return client.inspectContainerCmd(idOrName).exec();
    }

    ForeignContainer foreignContainer(String name) {
        String id = client.createContainerCmd(Service.DEMO_IMAGE)
                .withName(name)
                .exec()
                .getId();
        return new ForeignContainer() {

            @Override
            public boolean isUntouched() {
                return ("/" + name).equals(inspect(id).getName())
                        && "created".equals(inspect(id).getState().getStatus());
            }

            @Override
            public void close() {
                remove(id);
            }
        };
    }

    void remove(String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            return; // somebody was faster
        }
    }

    /** Removes the containers and networks of a platform. */
    void removeEverythingOf(String platform) {
        Map<String, String> label = Map.of(Labels.PLATFORM, platform);
        client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(label)
                .exec()
                .forEach(left -> remove(left.getId()));
        client.listNetworksCmd().exec().stream()
                .filter(network -> platform.equals(network.getLabels().get(Labels.PLATFORM)))
                .forEach(left -> client.removeNetworkCmd(left.getId()).exec());
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
