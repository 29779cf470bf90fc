package io.a64.examples.host.json;

import static io.a64.examples.host.json.Given.required;

import io.a64.proxy.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * How often one client may ask.
 *
 * @param requestsPerSecond the rate, a whole number; required
 * @param burst how many requests may come at once beyond it; without it none
 */
public record RateLimitBody(
        @Nullable Integer requestsPerSecond, @Nullable Integer burst) {

    RateLimit limit() {
        return new RateLimit(
                required("route.rate_limit.requests_per_second", requestsPerSecond), burst == null ? 0 : burst);
    }
}
