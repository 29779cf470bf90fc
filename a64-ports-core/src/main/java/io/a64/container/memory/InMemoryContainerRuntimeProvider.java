package io.a64.container.memory;

import io.a64.container.hostports.PortProbe;
import io.a64.container.spi.ContainerRuntime;
import io.a64.container.spi.ContainerRuntimeProvider;
import io.a64.spi.Settings;

/**
 * Makes the runtime {@code memory} with the {@linkplain DemoImages demo images}. Its only setting is {@value
 * PortProbe#SETTING}.
 */
public final class InMemoryContainerRuntimeProvider implements ContainerRuntimeProvider {

    @Override
    public String name() {
        return InMemoryContainerRuntime.NAME;
    }

    @Override
    public ContainerRuntime create(Settings settings) {
        return DemoImages.addTo(InMemoryContainerRuntime.builder())
                .portProbe(PortProbe.from(settings))
                .build();
    }
}
