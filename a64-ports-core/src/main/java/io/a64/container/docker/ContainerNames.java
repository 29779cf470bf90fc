package io.a64.container.docker;

import io.a64.container.ContainerSpec;

/** What our containers are called. */
final class ContainerNames {

    private ContainerNames() {}

    /**
     * Returns {@code <prefix>-<module>} for the first generation and {@code <prefix>-<module>-g<n>} for later ones,
     * which live beside their predecessor for a while.
     */
    static String of(String prefix, ContainerSpec spec) {
        String name = prefix + "-" + spec.module();
        return spec.generation() <= 1 ? name : name + "-g" + spec.generation();
    }
}
