package io.a64.module;

import io.a64.InvalidInputException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a module counts as ready: its first port answers HTTP.
 *
 * @param path the path that must answer 2xx or 3xx; if empty, any answer to {@code GET /} will do, also an error
 *     such as 503
 * @param timeout how long the module may take, counted from its start
 */
public record Readiness(Optional<String> path, Duration timeout) {

    private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);

    public Readiness {
        path.ifPresent(given -> {
            if (!PATH.matcher(given).matches()) {
                throw new InvalidInputException("route.readiness.path", given, "match " + PATH.pattern());
            }
        });
        if (timeout.compareTo(Duration.ZERO) <= 0 || timeout.compareTo(LONGEST) > 0) {
            throw new InvalidInputException(
                    "route.readiness.timeout_seconds", timeout, "be more than zero and at most one hour");
        }
    }

    /** Returns: {@code GET path} answers 2xx or 3xx within 30 seconds. */
    public static Readiness http(String path) {
        return new Readiness(Optional.of(path), DEFAULT_TIMEOUT);
    }

    /** Returns: any HTTP answer within 30 seconds, whatever its status; a 503 counts as well. */
    public static Readiness anyAnswer() {
        return new Readiness(Optional.empty(), DEFAULT_TIMEOUT);
    }

    /** Returns the same condition with another limit. */
    public Readiness within(Duration newTimeout) {
        return new Readiness(path, newTimeout);
    }
}
