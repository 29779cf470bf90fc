package io.a64.ports;

import java.time.Duration;
import java.util.Optional;

/**
 * When a pool will be full, if its use goes on growing as it did.
 *
 * @param pool the pool; {@link PoolStatistics#GENERAL} for the general range
 * @param observed the time that was looked back over
 * @param portsPerDay how many more ports were held from day to day, on average; negative if fewer
 * @param fullIn when nothing is left at this rate; empty if the use does not grow or too little is known
 */
public record PoolForecast(String pool, Duration observed, double portsPerDay, Optional<Duration> fullIn) {}
