package io.a64.proxy.nginx.hostile;

import io.a64.proxy.AddressRange;
import io.a64.proxy.BasicAuth;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A route as it was asked for, before anything has looked at it.
 *
 * @param values the fields that are present; texts and whole numbers
 */
record RawRoute(Map<Field, Object> values) {

    RawRoute {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /** Returns the route of these fields, each with its harmless value. */
    static RawRoute harmless(Set<Field> fields) {
        Map<Field, Object> values = new EnumMap<>(Field.class);
        fields.forEach(field -> values.put(field, field.harmless()));
        return new RawRoute(values);
    }

    RawRoute with(Map<Field, Object> others) {
        Map<Field, Object> changed = new EnumMap<>(values);
        changed.putAll(others);
        return new RawRoute(changed);
    }

    /** Returns the same route with a harmless value where this one has a different one. */
    RawRoute disarmed() {
        RawRoute harmless = harmless(values.keySet());
        // The root is no prefix to be stripped or joined: what is written for it has another shape.
        return "/".equals(values.get(Field.HOST_PATH)) ? harmless.with(Map.of(Field.HOST_PATH, "/")) : harmless;
    }

    /** Builds it as a program would; the records refuse what they do not like. */
    Route build() {
        Upstream upstream = new Upstream(text(Field.ADDRESS), number(Field.UPSTREAM_PORT));
        return new Route(text(Field.MODULE), number(Field.GENERATION), match(), List.of(upstream), options());
    }

    private RouteMatch match() {
        return values.containsKey(Field.HOST)
                ? new HostMatch(text(Field.HOST), number(Field.PORT), text(Field.HOST_PATH))
                : new PathMatch(text(Field.PATH));
    }

    private RouteOptions options() {
        RouteOptions.Builder options = RouteOptions.builder();
        whole(Field.MAX_BODY).ifPresent(options::maxBodyBytes);
        whole(Field.READ_TIMEOUT_MILLIS).map(Duration::ofMillis).ifPresent(options::readTimeout);
        whole(Field.CONNECTIONS).map(Math::toIntExact).ifPresent(options::connectionLimit);
        if (values.containsKey(Field.RATE)) {
            options.rateLimit(new RateLimit(number(Field.RATE), number(Field.BURST)));
        }
        if (values.containsKey(Field.HEADER_NAME)) {
            options.responseHeaders(Map.of(text(Field.HEADER_NAME), text(Field.HEADER_VALUE)));
        }
        return options.access(access()).build();
    }

    private RouteAccess access() {
        Optional<BasicAuth> basicAuth = Optional.ofNullable(values.get(Field.REALM))
                .map(realm -> new BasicAuth(realm.toString(), Map.of(text(Field.USER), text(Field.HASH))));
        List<AddressRange> ranges = Optional.ofNullable(values.get(Field.RANGE)).stream()
                .map(range -> AddressRange.parse(range.toString()))
                .toList();
        return new RouteAccess(
                Optional.ofNullable(values.get(Field.AUTH_REQUEST)).map(Object::toString), basicAuth, ranges);
    }

    private String text(Field field) {
        return values.get(field).toString();
    }

    private Optional<Long> whole(Field field) {
        return Optional.ofNullable((Long) values.get(field));
    }

    private int number(Field field) {
        return Math.toIntExact((Long) values.get(field));
    }
}
