package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.a64.ports.PoolForecast;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortTenure;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.spi.PortLedger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a range will be full. */
abstract class PortLedgerForecasts extends PortAllocatorFixture {
    private static final Duration DAY = Duration.ofDays(1);

    static PortLedger ledger(PortAllocator allocator) {
        return allocator.ledger().orElseThrow(() -> new AssertionError("no ledger()"));
    }

    static List<PortTenure> tenures(PortAllocator allocator) {
        return ledger(allocator).tenures(soon());
    }

    @Test
    void theForecastFollowsFromHowManyPortsMoreAreHeldPerDay() {
        PortAllocator allocator = allocatorOf(20);
        bind(allocator, "first-day", 2);
        passTime(DAY);
        bind(allocator, "second-day", 4);
        passTime(DAY);

        PoolForecast forecast = forecast(allocator);

        // From none to 6 in 2 days is 3 a day; 14 of 20 are left, which is enough for 14 / 3 days.
        assertThat(forecast.observed())
                .isBetween(DAY.multipliedBy(2), DAY.multipliedBy(2).plusMinutes(1));
        assertThat(forecast.portsPerDay()).isCloseTo(3.0, within(0.01));
        assertThat(days(forecast.fullIn().orElseThrow())).isCloseTo(14 / 3.0, within(0.02));
    }

    @Test
    void whatIsReleasedDoesNotCountAsGrowth() {
        PortAllocator allocator = allocatorOf(20);
        PortAllocation former = bound(allocator, "former");
        passTime(DAY);
        giveBackUnused(allocator, former);
        bound(allocator, "successor");
        passTime(DAY);

        PoolForecast forecast = forecast(allocator);

        // From none to 1 in 2 days; 19 are left, enough for 38 days.
        assertThat(forecast.portsPerDay()).isCloseTo(0.5, within(0.01));
        assertThat(days(forecast.fullIn().orElseThrow())).isCloseTo(38, within(0.2));
    }

    @Test
    void useThatDoesNotGrowFillsNothing() {
        PortAllocator allocator = allocatorOf(20);
        bind(allocator, "module", 3);
        passTime(DAY.multipliedBy(400));

        PoolForecast forecast = forecast(allocator);

        assertThat(forecast.portsPerDay()).isCloseTo(0, within(0.01));
        assertThat(forecast.fullIn()).isEmpty();
    }

    @Test
    void useThatShrinksFillsNothing() {
        PortAllocator allocator = allocatorOf(20);
        bind(allocator, "staying", 1);
        PortAllocation leaving = bound(allocator, "leaving");
        passTime(DAY.multipliedBy(400));
        giveBackUnused(allocator, leaving);

        PoolForecast forecast = forecast(allocator);

        assertThat(forecast.portsPerDay()).isNegative();
        assertThat(forecast.fullIn()).isEmpty();
    }

    @Test
    void tooYoungARegistryForetellsNothing() {
        PortAllocator allocator = allocatorOf(20);
        bind(allocator, "module", 5);
        passTime(Duration.ofMinutes(1));

        assertThat(forecast(allocator).fullIn()).isEmpty();
    }

    @Test
    void anEmptyRegistryForetellsNothing() {
        PoolForecast forecast = forecast(allocatorOf(20));

        assertThat(forecast.fullIn()).isEmpty();
        assertThat(forecast.portsPerDay()).isZero();
    }

    private static void bind(PortAllocator allocator, String module, int count) {
        for (int i = 0; i < count; i++) {
            bound(allocator, module + "-" + i);
        }
    }

    private static PoolForecast forecast(PortAllocator allocator) {
        List<PoolForecast> forecasts = ledger(allocator).forecast(soon());
        assertThat(forecasts).extracting(PoolForecast::pool).containsExactly(PoolStatistics.GENERAL);
        return forecasts.get(0);
    }

    private static double days(Duration time) {
        return time.toSeconds() / (double) DAY.toSeconds();
    }
}
