package io.a64.proxy;

import io.a64.InvalidInputException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use a route; all that is demanded must be met.
 *
 * @param authRequest a path on the proxy's path listener, so of another module, that is asked before every request: 2xx
 *     lets it pass, 401 and 403 are handed to the client, anything else is an error (the route fails closed)
 * @param basicAuth users and their passwords
 * @param allowedAddresses the only clients that may, all others get 403; empty for everybody; at most 256
 */
public record RouteAccess(
        Optional<String> authRequest, Optional<BasicAuth> basicAuth, List<AddressRange> allowedAddresses) {

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final int LONGEST_PATH = 255;
    private static final int MOST_RANGES = 256;
    private static final RouteAccess OPEN = new RouteAccess(Optional.empty(), Optional.empty(), List.of());

    public RouteAccess {
        authRequest.ifPresent(RouteAccess::requirePath);
        Objects.requireNonNull(basicAuth, "basicAuth");
        allowedAddresses = List.copyOf(allowedAddresses);
        if (allowedAddresses.size() > MOST_RANGES) {
            throw new InvalidInputException(
                    "route.allow", allowedAddresses.size() + " ranges", "hold at most " + MOST_RANGES + " ranges");
        }
    }

    private static void requirePath(String path) {
        boolean ours = path.equals("/health") || path.startsWith("/health/") || path.startsWith("/__a64");
        if (ours || path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
            throw new InvalidInputException(
                    "route.auth_request",
                    path,
                    "match " + PATH.pattern() + ", at most 255 characters, not /health or below /__a64");
        }
    }

    /** Returns: everybody may. */
    public static RouteAccess open() {
        return OPEN;
    }
}
