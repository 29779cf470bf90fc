package io.a64.examples.host.json;

import static io.a64.examples.host.json.Given.required;

import io.a64.InvalidInputException;
import io.a64.proxy.AddressRange;
import io.a64.proxy.Balancing;
import io.a64.proxy.RouteAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads words and lists of a route's options. */
final class RouteWords {

    private RouteWords() {}

    static Balancing balancing(String word) {
        return switch (word) {
            case "least_connections" -> Balancing.LEAST_CONNECTIONS;
            case "client_address" -> Balancing.CLIENT_ADDRESS;
            default ->
                throw new InvalidInputException(
                        "route.balancing", word, "be \"least_connections\" or \"client_address\"");
        };
    }

    static RouteAccess access(
            @Nullable String authRequest, @Nullable BasicAuthBody basicAuth, @Nullable List<@Nullable String> allow) {
        return new RouteAccess(
                Optional.ofNullable(authRequest),
                Optional.ofNullable(basicAuth).map(BasicAuthBody::rule),
                allow == null ? List.of() : ranges(allow));
    }

    /** An empty list would let everybody in, which is not what it looks like. */
    private static List<AddressRange> ranges(List<@Nullable String> texts) {
        if (texts.isEmpty()) {
            throw new InvalidInputException("route.allow", texts, "hold at least one range, or not be given");
        }
        return texts.stream().map(text -> range(required("route.allow", text))).toList();
    }

    private static AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "route.allow",
                    text,
                    "hold addresses such as 192.168.0.7, or ranges such as 10.0.0.0/8 and fd00::/8, each by its first"
                            + " address");
        }
    }
}
