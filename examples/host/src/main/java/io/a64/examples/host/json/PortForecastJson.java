package io.a64.examples.host.json;

import io.a64.ports.PoolForecast;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the ports will be used up.
 *
 * @param pools the general range and every pool
 */
public record PortForecastJson(List<Pool> pools) {

    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    /** Shows forecasts. */
    public static PortForecastJson of(List<PoolForecast> forecasts) {
        return new PortForecastJson(forecasts.stream().map(Pool::of).toList());
    }

    /**
     * When one pool will be full.
     *
     * @param pool its name
     * @param portsPerDay how many more ports are held from day to day; negative if fewer
     * @param observedSeconds how long was looked back
     * @param fullInDays null if its use does not grow or too little is known
     */
    public record Pool(
            String pool,
            double portsPerDay,
            long observedSeconds,
            @Nullable Double fullInDays) {

        @SuppressWarnings("NullAway") // orElse(null) of a nullable component
        private static Pool of(PoolForecast forecast) {
            return new Pool(
                    forecast.pool(),
                    forecast.portsPerDay(),
                    forecast.observed().toSeconds(),
                    forecast.fullIn()
                            .map(time -> time.toSeconds() / SECONDS_PER_DAY)
                            .orElse(null));
        }
    }
}
