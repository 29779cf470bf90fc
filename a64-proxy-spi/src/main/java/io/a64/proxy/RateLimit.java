package io.a64.proxy;

import io.a64.InvalidInputException;

/**
 * How often one client address may ask one module; above it the proxy answers 429.
 *
 * @param requestsPerSecond the steady rate, 1 to 100000
 * @param burst how many requests may come at once beyond it, 0 to 100000; they are not delayed
 */
public record RateLimit(int requestsPerSecond, int burst) {

    private static final int MOST = 100_000;

    public RateLimit {
        if (requestsPerSecond < 1 || requestsPerSecond > MOST) {
            throw new InvalidInputException(
                    "route.rate_limit.requests_per_second", requestsPerSecond, "lie between 1 and " + MOST);
        }
        if (burst < 0 || burst > MOST) {
            throw new InvalidInputException("route.rate_limit.burst", burst, "lie between 0 and " + MOST);
        }
    }
}
