package io.a64.proxy.nginx.hostile;

import io.a64.ModuleName;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A route as it was asked for, before anything has looked at it.
 *
 * @param values the fields that are present; texts and whole numbers
 */
record RawRoute(Map<Field, Object> values) {

    /** What is harmless too, but written in another shape: no prefix, the first generation, no burst. */
    private static final Map<Field, Object> SHAPING =
            Map.of(Field.MODULE, Shape.ASKED, Field.HOST_PATH, "/", Field.GENERATION, 1L, Field.BURST, 0L);

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
        Map<Field, Object> kept = new EnumMap<>(values);
        kept.entrySet().removeIf(value -> !value.getValue().equals(SHAPING.get(value.getKey())));
        Object asked = values.get(Field.AUTH_REQUEST);
        if (asked != null && asked.toString().indexOf('/', 1) < 0) {
            kept.put(Field.AUTH_REQUEST, "/zqalone"); // below nobody's path
        }
        if (Objects.equals(values.get(Field.PATH), "/" + values.get(Field.MODULE) + "/")) {
            kept.put(Field.PATH, "/" + kept.getOrDefault(Field.MODULE, Field.MODULE.harmless()) + "/");
        }
        return harmless(values.keySet()).with(kept);
    }

    /** Builds it as a program would; the records refuse what they do not like. */
    Route build() {
        Upstream upstream = new Upstream(text(Field.ADDRESS), number(Field.UPSTREAM_PORT));
        return new Route(text(Field.MODULE), number(Field.GENERATION), match(), List.of(upstream), options());
    }

    private RouteMatch match() {
        if (values.containsKey(Field.HOST)) {
            return new HostMatch(text(Field.HOST), number(Field.PORT), text(Field.HOST_PATH));
        }
        // As the host does where a document names no path.
        return new PathMatch(
                values.containsKey(Field.PATH)
                        ? text(Field.PATH)
                        : "/" + ModuleName.require("module_name", text(Field.MODULE)) + "/");
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
