package io.a64.ports.registry;

import io.a64.ports.PoolForecast;
import io.a64.ports.PortTenure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks back over the last week and draws the line on. */
final class Forecast {
    private static final Duration LOOK_BACK = Duration.ofDays(7);
    /** Less tells nothing: the first modules of a new host would look like a flood. */
    private static final Duration LEAST = Duration.ofHours(1);

    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    private final List<PortTenure> tenures;
    private final Instant now;
    private final Instant from;

    Forecast(List<PortTenure> tenures, Instant now) {
        this.tenures = tenures;
        this.now = now;
        Instant earliest =
                tenures.stream().map(PortTenure::from).min(Instant::compareTo).orElse(now);
        from = Stream.of(now.minus(LOOK_BACK), earliest, remembered())
                .max(Instant::compareTo)
                .orElse(now);
    }

    /** Returns since when nothing is forgotten: a port that changed hands often remembers the last times only. */
    private Instant remembered() {
        return tenures.stream()
                .filter(tenure -> tenure.to().isPresent())
                .collect(Collectors.groupingBy(PortTenure::port))
                .values()
                .stream()
                .filter(ended -> ended.size() >= PortEntry.REMEMBERED_TENURES)
                .map(ended -> ended.stream()
                        .map(PortTenure::from)
                        .min(Instant::compareTo)
                        .orElse(now))
                .map(began -> began.plusMillis(1))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    PoolForecast of(PortArea area, int available) {
        Duration observed = Duration.between(from, now);
        if (tenures.isEmpty() || observed.compareTo(LEAST) < 0) {
            return new PoolForecast(area.name(), observed, 0, Optional.empty());
        }
        double days = observed.toSeconds() / SECONDS_PER_DAY;
        double perDay = (heldAt(now, area) - heldAt(from, area)) / days;
        return new PoolForecast(area.name(), observed, perDay, fullIn(available, perDay));
    }

    private static Optional<Duration> fullIn(int available, double perDay) {
        if (perDay <= 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds((long) (available / perDay * SECONDS_PER_DAY)));
    }

    /** Counts the ports that were held at a moment; what began in that very moment was not held before. */
    private long heldAt(Instant moment, PortArea area) {
        return tenures.stream()
                .filter(tenure -> area.contains(tenure.port()))
                .filter(tenure -> tenure.from().isBefore(moment)
                        && tenure.to().map(moment::isBefore).orElse(true))
                .count();
    }
}
