package io.a64.ports.chaos;

import io.a64.ports.PortRange;
import io.a64.ports.mongo.PlantedFault;
import io.a64.ports.registry.RegistrySettings;
import java.time.Duration;
import java.util.List;

/**
 * How large a run is, and what is wrong with the allocators in it.
 *
 * @param seed what the random decisions of the run begin with; the timing of processes is not in its hands
 * @param allocations how many acknowledged allocations end the run
 * @param fault what is planted into the allocators
 */
record ChaosPlan(long seed, int allocations, PlantedFault fault) {
    static final int WORKERS = 4;
    static final int THREADS = 16;
    static final int MODULES = 8;
    static final Duration LEASE = Duration.ofSeconds(4);
    static final Duration COOLDOWN = Duration.ofSeconds(1);
    /** Longer than the cooldown: a port that is given out twice must be met by both holders. */
    static final Duration SHORTEST_HOLD = Duration.ofMillis(1200);

    static final Duration LONGEST_HOLD = Duration.ofMillis(2400);
    /** More than the threads need at a time, and less than they would use without taking ports again. */
    private static final PortRange RANGE = new PortRange(9000, 9299);

    private static final int ALLOCATIONS_PER_KILL = 400;
    private static final int FEWEST_KILLS = 5;
    private static final int ALLOCATIONS_PER_LOSS = 1600;
    private static final int FEWEST_ALLOCATIONS_PER_SECOND = 5;

    /** Returns the plan that the system properties {@code a64.chaos.*} ask for. */
    static ChaosPlan ofProperties(int defaultAllocations) {
        return new ChaosPlan(
                Long.getLong("a64.chaos.seed", System.nanoTime()),
                Integer.getInteger("a64.chaos.allocations", defaultAllocations),
                PlantedFault.named(System.getProperty("a64.chaos.fault", "none")));
    }

    /** Returns how the allocators of the run hand out ports. */
    static RegistrySettings settings() {
        return new RegistrySettings(RANGE, List.of(), LEASE, COOLDOWN, RegistrySettings.LOCAL_NODE);
    }

    /** Returns how many workers are killed. */
    int kills() {
        return Math.max(FEWEST_KILLS, allocations / ALLOCATIONS_PER_KILL);
    }

    /** Returns how many times the primary is lost, each way at least once. */
    int losses() {
        return Math.max(LossOfPrimary.values().length, allocations / ALLOCATIONS_PER_LOSS);
    }

    /** Returns the time after which the run is judged as far as it has come. */
    Duration limit() {
        return Duration.ofSeconds(60 + allocations / FEWEST_ALLOCATIONS_PER_SECOND);
    }
}
