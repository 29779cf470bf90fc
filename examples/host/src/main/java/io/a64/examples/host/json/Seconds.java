package io.a64.examples.host.json;

import io.a64.InvalidInputException;
import java.time.Duration;

/** Reads whole seconds, from one to a year: what is longer is refused here, before it overflows anything. */
final class Seconds {

    private static final long MOST = Duration.ofDays(365).toSeconds();

    private Seconds() {}

    static Duration of(String field, long seconds) {
        if (seconds < 1 || seconds > MOST) {
            throw new InvalidInputException(field, seconds, "lie between 1 and " + MOST + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }
}
