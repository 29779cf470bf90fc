package io.a64.container.docker;

import io.a64.proxy.spi.CommandRunner;
import io.a64.proxy.spi.CommandRunnerProvider;
import io.a64.spi.Settings;

/** Makes the command runner {@code docker}; the engine is that of the setting {@code a64.docker.host}. */
public final class DockerCommandRunnerProvider implements CommandRunnerProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public DockerCommandRunnerProvider() {}

    @Override
    public String name() {
        return DockerCommandRunner.NAME;
    }

    @Override
    public CommandRunner create(String container, Settings settings) {
        return DockerCommandRunner.in(container, DockerRuntimeSettings.from(settings));
    }
}
