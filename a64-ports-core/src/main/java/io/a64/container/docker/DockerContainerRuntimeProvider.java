package io.a64.container.docker;

import io.a64.container.spi.ContainerRuntime;
import io.a64.container.spi.ContainerRuntimeProvider;
import io.a64.spi.Settings;

/**
 * Makes the runtime {@code docker} from the settings {@code a64.docker.host}, {@code a64.docker.network}, {@code
 * a64.docker.publish-bind}, {@code a64.docker.name-prefix}, {@code a64.docker.platform} and {@code a64.ports.probe}, see
 * {@link DockerRuntimeSettings}.
 */
public final class DockerContainerRuntimeProvider implements ContainerRuntimeProvider {

    @Override
    public String name() {
        return DockerContainerRuntime.NAME;
    }

    @Override
    public ContainerRuntime create(Settings settings) {
        return DockerContainerRuntime.using(DockerRuntimeSettings.from(settings));
    }
}
