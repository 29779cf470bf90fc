package io.a64.ports.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.a64.Deadline;
import io.a64.ports.PoolForecast;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a forecast makes of ports that change hands often. */
class SteadyUseForecastTest {
    private final HandMovedClock clock = new HandMovedClock();
    private final PortAllocator allocator =
            MemoryPortAllocator.on(new MemoryPortRegistry(clock), RegistrySettings.defaults());

    private final List<PortAllocation> ended = new ArrayList<>();

    /** One module that stays, and twenty that are redeployed every four hours: as many ports on every day. */
    @Test
    void useThatDoesNotGrowIsNotForecastToFillTheRange() {
        install("stays", 0);
        for (int redeployment = 0; redeployment < 14 * 6; redeployment++) {
            for (int module = 0; module < 20; module++) {
                PortAllocation allocation = install("module-" + module, redeployment);
                if (redeployment < 14 * 6 - 1) {
                    ended.add(allocation);
                }
            }
            clock.move(Duration.ofHours(4).minusMinutes(1));
            ended.forEach(allocation -> allocator.release(allocation, PortUse.WAS_BOUND, soon()));
            ended.clear();
            clock.move(Duration.ofMinutes(1));
        }

        PoolForecast general = allocator.ledger().orElseThrow().forecast(soon()).get(0);

        assertThat(general.portsPerDay()).isCloseTo(0, within(0.5));
        assertThat(general.fullIn()).isEmpty();
    }

    private PortAllocation install(String module, int redeployment) {
        PortAllocation allocation = allocator.allocate(
                new PortRequest(module, 1, "owner-of-" + module + "-" + redeployment, List.of(8080)), soon());
        allocator.confirm(allocation, soon());
        return allocation;
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }
}
