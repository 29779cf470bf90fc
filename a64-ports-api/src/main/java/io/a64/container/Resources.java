package io.a64.container;

import io.a64.InvalidInputException;

/**
 * How much a container may use.
 *
 * @param memoryBytes memory without swap, at least 4 MiB; 0 means no limit
 * @param cpus processors, fractions allowed; 0 means no limit
 */
public record Resources(long memoryBytes, double cpus) {

    private static final Resources UNLIMITED = new Resources(0, 0);
    private static final long LEAST_MEMORY = 4L << 20;

    public Resources {
        if (memoryBytes != 0 && memoryBytes < LEAST_MEMORY) {
            throw new InvalidInputException("resources.memory", memoryBytes, "be at least 4m");
        }
        if (cpus < 0 || !Double.isFinite(cpus)) {
            throw new InvalidInputException("resources.cpus", cpus, "be more than 0");
        }
    }

    /** Returns no limit on either. */
    public static Resources unlimited() {
        return UNLIMITED;
    }
}
