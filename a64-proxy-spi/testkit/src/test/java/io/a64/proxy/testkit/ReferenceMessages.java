package io.a64.proxy.testkit;

import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What {@link ReferenceProxy} makes of the heads of requests and answers. */
class ReferenceMessages {

    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy",
            "te",
            "transfer-encoding",
            "upgrade",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-proto",
            "x-real-ip");
    private static final Set<String> NOT_PASSED_BACK = Set.of(
            "connection", "keep-alive", "upgrade", "x-content-type-options", "x-frame-options", "x-accel-redirect");

    /** Returns the target that the module will see, empty if it may not be asked so. */
    Optional<String> target(Route route, ReferenceRequest asked) {
        if (route.match() instanceof HostMatch) {
            return Optional.of(asked.rawPath() + asked.query());
        }
        int prefix = route.match().path().length() - 1;
        if (!route.options().rawPath()) {
            return Optional.of(ReferenceRequest.encoded(asked.path().substring(prefix)) + asked.query());
        }
        return Optional.of(asked.rawPath())
                .filter(path -> isSafe(route, asked))
                .map(path -> path.substring(prefix) + asked.query());
    }

    boolean isSafe(Route route, ReferenceRequest asked) {
        return asked.rawPath().startsWith(route.match().path()) && !asked.hasDotSegments();
    }

    /** Returns the header lines that the module will see, but for those about the body. */
    final List<String> request(Route route, ReferenceRequest asked) {
        List<String> lines = new ArrayList<>();
        asked.head().lines().stream().filter(this::isPassedOn).forEach(lines::add);
        String peer = asked.peer().getHostAddress();
        lines.add("Host: " + host(asked));
        lines.add("X-Real-IP: " + peer);
        lines.add("X-Forwarded-For: " + forwardedFor(asked, peer));
        lines.add("X-Forwarded-Proto: http");
        lines.add("X-Forwarded-Host: " + asked.host());
        lines.add("X-Forwarded-Port: " + asked.port());
        if (isMapped(route)) {
            lines.add("X-Forwarded-Prefix: " + bare(route));
        }
        lines.addAll(connection(route, asked));
        return lines;
    }

    boolean isPassedOn(String line) {
        return !NOT_PASSED_ON.contains(name(line));
    }

    String host(ReferenceRequest asked) {
        return asked.host();
    }

    String forwardedFor(ReferenceRequest asked, String peer) {
        return peer;
    }

    List<String> connection(Route route, ReferenceRequest asked) {
        return asked.asksForWebSocket() && route.options().websocket()
                ? List.of("Connection: Upgrade", "Upgrade: websocket")
                : List.of("Connection: close");
    }

    /** Returns whether the module does not see its own prefix, and has to be told. */
    boolean isMapped(Route route) {
        return route.match() instanceof PathMatch;
    }

    private static String bare(Route route) {
        return route.match().path().replaceFirst("/$", "");
    }

    /** Returns the header lines of an answer of a module. */
    final List<String> answer(Route route, HttpHead answer) {
        List<String> lines = new ArrayList<>();
        answer.lines().stream()
                .filter(line -> isPassedBack(line)
                        && !(replaces(route)
                                && route.options().responseHeaders().containsKey(name(line))))
                .map(line -> isMapped(route) ? mapped(line, bare(route)) : line)
                .forEach(lines::add);
        if (answer.word(1).equals("101")) {
            lines.addAll(List.of("Connection: Upgrade", "Upgrade: websocket"));
        } else {
            lines.add("Connection: close");
        }
        lines.addAll(dress(Optional.of(route)));
        return lines;
    }

    boolean isPassedBack(String line) {
        return !NOT_PASSED_BACK.contains(name(line));
    }

    boolean replaces(Route route) {
        return true;
    }

    String mapped(String line, String prefix) {
        return line.replaceFirst(
                        "(?i)^(location: )(http://127\\.0\\.0\\.1(:[0-9]+)?)?(?!//|" + prefix + "(/|$))/",
                        "$1" + prefix + "/")
                .replaceFirst("(?i)^(set-cookie: .*; *path=)(?!" + prefix + "(/|;|$))/", "$1" + prefix + "/");
    }

    /** Returns the headers that stand on every answer, whoever gives it. */
    private List<String> dress(Optional<Route> route) {
        List<String> lines = new ArrayList<>(secure());
        route.ifPresent(one -> lines.addAll(ofRoute(one)));
        return lines;
    }

    /** Returns those that stand on answers in place of a module. */
    List<String> dressOwn(Optional<Route> route) {
        return dress(route);
    }

    List<String> ofRoute(Route route) {
        return route.options().responseHeaders().entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }

    List<String> secure() {
        return List.of("X-Content-Type-Options: nosniff", "X-Frame-Options: SAMEORIGIN");
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
