package io.a64.proxy;

import io.a64.InvalidInputException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options of a route as flat text, for those who keep them: files of a proxy, documents of a database. What has its
 * default value has no field.
 */
public final class RouteFields {

    private static final String WEBSOCKET = "websocket";
    private static final String RAW_PATH = "raw-path";
    private static final String BUFFERING = "buffering";
    private static final String MAX_BODY = "max-body";
    private static final String READ_TIMEOUT = "read-timeout";
    private static final String BALANCING = "balancing";
    private static final String RATE_LIMIT = "rate-limit";
    private static final String CONNECTION_LIMIT = "connection-limit";
    private static final String AUTH_REQUEST = "auth-request";
    private static final String REALM = "basic-auth-realm";
    private static final String USER = "basic-auth-user ";
    private static final String ALLOWED = "allowed-addresses";
    private static final String HEADER = "response-header ";

    private RouteFields() {}

    /** Returns the fields of what differs from {@link RouteOptions#defaults}. */
    public static SortedMap<String, String> of(RouteOptions options) {
        SortedMap<String, String> fields = new TreeMap<>();
        Changes changes = new Changes(options, fields);
        changes.put(WEBSOCKET, RouteOptions::websocket);
        changes.put(RAW_PATH, RouteOptions::rawPath);
        changes.put(BUFFERING, RouteOptions::buffering);
        changes.put(MAX_BODY, RouteOptions::maxBodyBytes);
        changes.put(READ_TIMEOUT, RouteOptions::readTimeout);
        changes.put(BALANCING, RouteOptions::balancing);
        options.rateLimit().ifPresent(limit -> fields.put(RATE_LIMIT, limit.requestsPerSecond() + " " + limit.burst()));
        options.connectionLimit().ifPresent(limit -> fields.put(CONNECTION_LIMIT, Integer.toString(limit)));
        putAccess(options.access(), fields);
        options.responseHeaders().forEach((name, value) -> fields.put(HEADER + name, value));
        return fields;
    }

    private static void putAccess(RouteAccess access, Map<String, String> fields) {
        access.authRequest().ifPresent(path -> fields.put(AUTH_REQUEST, path));
        access.basicAuth().ifPresent(auth -> {
            fields.put(REALM, auth.realm());
            auth.users().forEach((user, hash) -> fields.put(USER + user, hash));
        });
        if (!access.allowedAddresses().isEmpty()) {
            fields.put(
                    ALLOWED,
                    access.allowedAddresses().stream().map(AddressRange::text).collect(Collectors.joining(" ")));
        }
    }

    private record Changes(RouteOptions options, Map<String, String> fields) {

        void put(String field, Function<RouteOptions, Object> part) {
            Object value = part.apply(options);
            if (!value.equals(part.apply(RouteOptions.defaults()))) {
                fields.put(field, value.toString());
            }
        }
    }

    /**
     * Returns the options that the fields describe.
     *
     * @throws InvalidInputException if a field is unknown or its value breaks its rule
     */
    public static RouteOptions parse(Map<String, String> fields) {
        SortedMap<String, String> rest = new TreeMap<>(fields);
        RouteOptions.Builder options = RouteOptions.builder();
        try {
            take(rest, WEBSOCKET, text -> options.websocket(truth(text)));
            take(rest, RAW_PATH, text -> options.rawPath(truth(text)));
            take(rest, BUFFERING, text -> options.buffering(truth(text)));
            take(rest, MAX_BODY, text -> options.maxBodyBytes(Long.parseLong(text)));
            take(rest, READ_TIMEOUT, text -> options.readTimeout(Duration.parse(text)));
            take(rest, BALANCING, text -> options.balancing(Balancing.valueOf(text)));
            take(rest, RATE_LIMIT, text -> options.rateLimit(rateLimit(text)));
            take(rest, CONNECTION_LIMIT, text -> options.connectionLimit(Integer.parseInt(text)));
            options.access(access(rest));
            options.responseHeaders(takeAll(rest, HEADER));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new InvalidInputException(
                    "route options", fields.keySet(), "have readable values: " + e.getMessage());
        }
        if (!rest.isEmpty()) {
            throw new InvalidInputException("route options", rest.keySet(), "hold known fields only");
        }
        return options.build();
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false: " + text);
        }
        return text.equals("true");
    }

    private static RateLimit rateLimit(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("not a rate and a burst: " + text);
        }
        return new RateLimit(Integer.parseInt(text.substring(0, space)), Integer.parseInt(text.substring(space + 1)));
    }

    private static RouteAccess access(Map<String, String> rest) {
        Optional<String> authRequest = Optional.ofNullable(rest.remove(AUTH_REQUEST));
        Map<String, String> users = takeAll(rest, USER);
        Optional<String> realm = Optional.ofNullable(rest.remove(REALM));
        if (realm.isEmpty() && !users.isEmpty()) {
            throw new IllegalArgumentException("users without a realm: " + users.keySet());
        }
        Optional<BasicAuth> basicAuth = realm.map(name -> new BasicAuth(name, users));
        List<AddressRange> allowed = Optional.ofNullable(rest.remove(ALLOWED)).stream()
                .flatMap(text -> Stream.of(text.split(" ")))
                .map(AddressRange::parse)
                .toList();
        return new RouteAccess(authRequest, basicAuth, allowed);
    }

    private static void take(Map<String, String> rest, String field, Consumer<String> use) {
        Optional.ofNullable(rest.remove(field)).ifPresent(use);
    }

    /** Returns the fields whose name begins so, by what follows. */
    private static Map<String, String> takeAll(Map<String, String> rest, String prefix) {
        Map<String, String> taken = new TreeMap<>();
        for (String field : List.copyOf(rest.keySet())) {
            if (field.startsWith(prefix)) {
                taken.put(field.substring(prefix.length()), rest.getOrDefault(field, ""));
                rest.remove(field);
            }
        }
        return taken;
    }
}
