package io.a64.proxy.testkit;

import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Whom {@link ReferenceProxy} lets through. */
class ReferenceGuards {

    /** Instead of computing hashes this knows what those of the contract were made of. */
    private static final Map<String, String> PASSWORDS =
            Map.of(RouteWriterContract.ALICE, "wonderland", RouteWriterContract.BOB, "looking-glass");

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    /**
     * Why a request is refused.
     *
     * @param status the status to answer with
     * @param headers header lines of the answer
     */
    record Refusal(int status, List<String> headers) {

        Refusal(int status) {
            this(status, List.of());
        }
    }

    /** Returns why a request is refused, empty if it is not; it counts as under way until {@link #leave}. */
    final Optional<Refusal> enter(ReferenceProxy proxy, Route route, ReferenceRequest asked) {
        int now = underWay.computeIfAbsent(key(route, asked), key -> new AtomicInteger())
                .incrementAndGet();
        Optional<Refusal> limit = isExempt(route, asked) ? Optional.empty() : limit(route, asked, now);
        return limit.or(() -> isGuarded(route, asked) ? access(proxy, route, asked) : Optional.empty());
    }

    final void leave(Route route, ReferenceRequest asked) {
        underWay.get(key(route, asked)).decrementAndGet();
    }

    String key(Route route, ReferenceRequest asked) {
        return route.module() + " " + asked.peer();
    }

    boolean isExempt(Route route, ReferenceRequest asked) {
        return route.match() instanceof PathMatch
                && asked.path().equals(route.match().path() + "health");
    }

    boolean isGuarded(Route route, ReferenceRequest asked) {
        return true;
    }

    private Optional<Refusal> limit(Route route, ReferenceRequest asked, int now) {
        boolean crowded = isCrowded(route, now);
        boolean hasty = route.options()
                .rateLimit()
                .filter(limit -> isHasty(limit, key(route, asked)))
                .isPresent();
        return crowded || hasty ? Optional.of(new Refusal(429)) : Optional.empty();
    }

    boolean isCrowded(Route route, int now) {
        return now > route.options().connectionLimit().orElse(Integer.MAX_VALUE);
    }

    boolean isHasty(RateLimit limit, String key) {
        return !buckets.computeIfAbsent(key, any -> new Bucket()).takes(limit, System.nanoTime());
    }

    private static final class Bucket {

        private double level;
        private long since = System.nanoTime();

        synchronized boolean takes(RateLimit limit, long now) {
            double left = Math.max(0, level - limit.requestsPerSecond() * (now - since) / 1e9);
            if (left > limit.burst()) {
                return false;
            }
            level = left + 1;
            since = now;
            return true;
        }
    }

    private Optional<Refusal> access(ReferenceProxy proxy, Route route, ReferenceRequest asked) {
        if (!isAllowed(route, asked)) {
            return Optional.of(new Refusal(403));
        }
        if (!hasPassword(route, asked)) {
            String realm = route.options().access().basicAuth().orElseThrow().realm();
            return Optional.of(new Refusal(401, List.of("WWW-Authenticate: Basic realm=\"" + realm + "\"")));
        }
        return route.options().access().authRequest().flatMap(path -> authorization(proxy, path, asked));
    }

    boolean isAllowed(Route route, ReferenceRequest asked) {
        return route.options().access().allowedAddresses().isEmpty()
                || route.options().access().allowedAddresses().stream().anyMatch(range -> range.contains(asked.peer()));
    }

    boolean hasPassword(Route route, ReferenceRequest asked) {
        return route.options()
                .access()
                .basicAuth()
                .map(auth -> auth.users().entrySet().stream()
                        .map(user -> user.getKey() + ":" + PASSWORDS.get(user.getValue()))
                        .map(text ->
                                "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                        .anyMatch(asked.head().header("authorization")::contains))
                .orElse(true);
    }

    private Optional<Refusal> authorization(ReferenceProxy proxy, String path, ReferenceRequest asked) {
        try {
            return judged(proxy.at(path)
                    .map(route -> question(route, path, asked))
                    .orElse(new HttpHead("HTTP/1.1 404 -", List.of())));
        } catch (AssertionError e) {
            return onDeadAuthorization();
        }
    }

    Optional<Refusal> judged(HttpHead answer) {
        int status = Integer.parseInt(answer.word(1));
        if (isYes(status)) {
            return Optional.empty();
        }
        List<String> howTo = answer.header("www-authenticate").stream()
                .map(value -> "WWW-Authenticate: " + value)
                .toList();
        return Optional.of(status == 401 || status == 403 ? new Refusal(status, howTo) : onOddAuthorization(status));
    }

    boolean isYes(int status) {
        return status >= 200 && status < 300;
    }

    Optional<Refusal> onDeadAuthorization() {
        return Optional.of(new Refusal(500));
    }

    Refusal onOddAuthorization(int status) {
        return new Refusal(500);
    }

    boolean isShown(String line) {
        return line.matches("(?i)(cookie|authorization):.*");
    }

    private HttpHead question(Route route, String path, ReferenceRequest asked) {
        Upstream upstream = route.upstreams().get(0);
        String[] headers = Stream.concat(
                        Stream.of("Host: " + asked.host(), "Connection: close"),
                        asked.head().lines().stream().filter(this::isShown))
                .toArray(String[]::new);
        RawHttp.Answer answer = RawHttp.get(
                URI.create("http://" + upstream.hostPort()),
                path.substring(route.match().path().length() - 1),
                headers);
        return new HttpHead("HTTP/1.1 " + answer.status() + " -", answer.head().lines());
    }
}
