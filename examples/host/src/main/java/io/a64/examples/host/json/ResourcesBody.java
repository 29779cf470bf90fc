package io.a64.examples.host.json;

import io.a64.InvalidInputException;
import io.a64.container.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Limits for a container. A field that is null counts as not given.
 *
 * @param memory such as {@code 256m}; at least {@code 4m}
 * @param cpus more than 0
 */
public record ResourcesBody(
        @Nullable String memory, @Nullable Double cpus) {

    /** A limit of 0 means none to the library, so it is refused here. */
    Resources limits() {
        long bytes = memory == null ? 0 : ByteSize.parse("resources.memory", memory);
        if (memory != null && bytes == 0) {
            throw new InvalidInputException("resources.memory", memory, "be at least 4m");
        }
        if (cpus != null && !(cpus > 0)) {
            throw new InvalidInputException("resources.cpus", cpus, "be more than 0");
        }
        return new Resources(bytes, cpus == null ? 0 : cpus);
    }
}
