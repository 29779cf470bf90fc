package io.a64.container.memory;

import io.a64.container.hostports.PortProbe;
import io.a64.container.memory.ImageBehaviour.Exits;
import io.a64.container.memory.ImageBehaviour.Serves;
import io.a64.container.memory.ImageCatalogue.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says which images exist and what they do. Patterns are image names without tag, {@code [registry/]repository}, in
 * which {@code *} stands for any characters; of several that match, an exact name wins, then the longest pattern. Every
 * other image does not exist. Not safe for use by several threads.
 */
public final class InMemoryRuntimeBuilder {

    private final List<Registration> images = new ArrayList<>();
    private PortProbe portProbe = PortProbe.TCP;

    InMemoryRuntimeBuilder() {}

    /** Adds images that serve: they listen on their ports from their start on. */
    public InMemoryRuntimeBuilder image(String pattern, ModuleHandler handler) {
        images.add(new Registration(pattern, new Serves(handler)));
        return this;
    }

    /** Adds images that start, write these lines and exit at once with this code. */
    public InMemoryRuntimeBuilder exitingImage(String pattern, int exitCode, List<String> output) {
        images.add(new Registration(pattern, new Exits(exitCode, output)));
        return this;
    }

    /** Sets what is looked at before a port is published; TCP unless set. */
    public InMemoryRuntimeBuilder portProbe(PortProbe probe) {
        portProbe = Objects.requireNonNull(probe, "probe");
        return this;
    }

    /** Makes the runtime; each call makes one of its own. */
    public InMemoryContainerRuntime build() {
        return new InMemoryContainerRuntime(ImageCatalogue.of(images), portProbe);
    }
}
