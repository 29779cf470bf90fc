package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.NginxFailure;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses from NGINX's words whose route it refuses: it names a file of ours, a group of ours, or a location. */
final class Suspects {

    private static final Pattern FILE = Pattern.compile("/modules/([a-z0-9-]+)\\.conf:");
    private static final Pattern GROUP = Pattern.compile("\"a[0-9a-f]{6}_([a-z0-9-]+)\"");
    private static final Pattern LOCATION = Pattern.compile("location \"(/[^\"]*)\"");

    private final Map<String, Route> routes;

    /** @param routes the routes by module */
    Suspects(Map<String, Route> routes) {
        this.routes = routes;
    }

    /** Returns which of the modules it is. */
    Optional<String> named(NginxFailure refusal, Collection<String> among) {
        String words = refusal.getMessage();
        return Stream.concat(
                        Stream.of(FILE, GROUP).flatMap(pattern -> first(pattern, words)),
                        first(LOCATION, words).flatMap(this::holders))
                .filter(among::contains)
                .findFirst();
    }

    private static Stream<String> first(Pattern pattern, String words) {
        Matcher matcher = pattern.matcher(words);
        return matcher.find() ? Stream.of(matcher.group(1)) : Stream.empty();
    }

    private Stream<String> holders(String location) {
        return routes.values().stream()
                .filter(route -> Stream.of(location, location + "/", location.replaceFirst("health$", ""))
                        .anyMatch(route.match().path()::equals))
                .map(Route::module);
    }
}
