package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.ADDRESS_LIST;
import static io.a64.proxy.testkit.Capability.AUTH_REQUEST;
import static io.a64.proxy.testkit.Capability.BASIC_AUTH;
import static io.a64.proxy.testkit.Capability.CONNECTION_LIMIT;
import static io.a64.proxy.testkit.Capability.DRAINING;
import static io.a64.proxy.testkit.Capability.RATE_LIMIT;
import static io.a64.proxy.testkit.Capability.RAW_PATH;
import static io.a64.proxy.testkit.Capability.RESPONSE_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.AddressRange;
import io.a64.proxy.Balancing;
import io.a64.proxy.BasicAuth;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link RouteWriter} must do, whether it serves HTTP or only keeps routes for something that does. */
public abstract class RouteWriterContract extends RouteWriterClaims {

    /** What {@code openssl passwd -6} makes of {@code wonderland}. */
    static final String ALICE =
            "$6$saltsalt$pqxtaP8VN9msji06dnBCbUbaSGTOXyo9jZDqZxik1rPexoqRIW4UKuiD0ZHZchCSd7S4/HoRU8bcFbnz2ihUr.";

    /** What {@code openssl passwd -5} makes of {@code looking-glass}. */
    static final String BOB = "$5$pepper$kCYy5Q4txp6JADhgKovNjszV0HJnvT7UGPQG6epfQr.";

    private static final int CROWD = 10;

    @Test
    void aPublishedRouteIsListedWithAllItsParts() {
        RouteWriter writer = writer();
        UpstreamServer module = upstream("shop");
        Route route = Route.onPath(
                "shop",
                3,
                "/a/shop/",
                List.of(module.address(), upstream("second").address()),
                RouteOptions.builder()
                        .websocket(false)
                        .maxBodyBytes(4096)
                        .readTimeout(Duration.ofSeconds(7))
                        .build());

        writer.publish(route, soon());

        assertThat(writer.routes(soon())).containsExactly(route);
    }

    @Test
    @Needs({AUTH_REQUEST, BASIC_AUTH, ADDRESS_LIST, RATE_LIMIT, CONNECTION_LIMIT, RESPONSE_HEADERS, RAW_PATH})
    void everyOptionIsListedAsItWasPublishedAlsoByAWriterThatIsOpenedLater() {
        RouteWriter writer = writer();
        writer.publish(route("login", upstream("login").address()), soon());
        RouteOptions options = RouteOptions.builder()
                .websocket(false)
                .rawPath(true)
                .buffering(false)
                .maxBodyBytes((1L << 32) + 1)
                .readTimeout(Duration.ofMillis(1500))
                .balancing(Balancing.CLIENT_ADDRESS)
                .rateLimit(new RateLimit(7, 3))
                .connectionLimit(5)
                .access(new RouteAccess(
                        Optional.of("/login/check"),
                        Optional.of(new BasicAuth("shop", Map.of("alice", ALICE, "bob@example.org", BOB))),
                        List.of(AddressRange.parse("127.0.0.0/8"), AddressRange.parse("fd00::/8"))))
                .responseHeaders(Map.of(
                        "Cache-Control", "no-store",
                        "Content-Security-Policy", "default-src 'self'; img-src *",
                        "X-Odd", "a{b}c;d#e%20 f=g:h,i"))
                .build();
        Route shop = route("shop", new PathMatch("/shop/"), options, upstream("one"), upstream("two"));

        writer.publish(shop, soon());

        assertThat(writer.routes(soon())).element(1).isEqualTo(shop);
        assertThat(writer().routes(soon())).element(1).isEqualTo(shop);
    }

    @Test
    void routesAreSortedByModuleAndSeenByAWriterThatIsOpenedLater() {
        RouteWriter writer = writer();
        Route shop = route("shop", upstream("shop").address());
        Route blog = route("blog", upstream("blog").address());
        writer.publish(shop, soon());
        writer.publish(blog, soon());

        assertThat(writer().routes(soon())).containsExactly(blog, shop);
    }

    @Test
    void publishingAModuleAgainReplacesItsRoute() {
        RouteWriter writer = writer();
        writer.publish(route("shop", upstream("old").address()), soon());
        Route next = Route.onPath("shop", 2, "/store/", List.of(upstream("new").address()), RouteOptions.defaults());

        writer.publish(next, soon());

        assertThat(writer.routes(soon())).containsExactly(next);
    }

    @Test
    void publishingWhatIsPublishedChangesNothing() {
        RouteWriter writer = writer();
        Route route = route("shop", upstream("shop").address());
        writer.publish(route, soon());

        writer.publish(route, soon());

        assertThat(writer.routes(soon())).containsExactly(route);
    }

    @Test
    void aRemovedRouteIsGoneAndItsPathIsFree() {
        RouteWriter writer = writer();
        Route shop = route("shop", upstream("shop").address());
        Route blog = route("blog", upstream("blog").address());
        writer.publish(shop, soon());
        writer.publish(blog, soon());

        assertThat(writer.remove("shop", soon())).isTrue();
        assertThat(writer.remove("shop", soon())).as("a second removal").isFalse();
        assertThat(writer.routes(soon())).containsExactly(blog);
        Route heir = Route.onPath(
                "heir", 1, shop.match().path(), List.of(upstream("heir").address()), RouteOptions.defaults());
        assertThatCode(() -> writer.publish(heir, soon())).doesNotThrowAnyException();
    }

    @Test
    void aLiveModuleIsProvenAndADeadOrUnknownOneIsNot() {
        RouteWriter writer = writer();
        Route live = route("live", upstream("live").address());
        Route dead = route("dead", deadUpstream());
        Route unknown = route("unknown", upstream("unknown").address());
        writer.publish(live, soon());
        writer.publish(dead, soon());

        assertThatCode(() -> writer.prove(live, soon())).doesNotThrowAnyException();
        assertThat(failure(() -> writer.prove(dead, soon())))
                .as("the proof of a module at which nothing listens")
                .isNotNull();
        assertThat(failure(() -> writer.prove(unknown, soon())))
                .as("the proof of a route that was never published")
                .isNotNull();
    }

    @Test
    void aProofAsksTheModuleForItsHealthAndTakesAnyAnswer() {
        RouteWriter writer = writer();
        UpstreamServer module = upstream("shop");
        module.answering(404, "X-Health", "unknown");
        Route route = route("shop", module.address());
        writer.publish(route, soon());

        writer.prove(route, soon());

        assertThat(module.last().target()).isEqualTo("/health");
    }

    @Test
    @Needs(DRAINING)
    void aModuleIsDrainedAtOnceIfNothingIsUnderWay() {
        RouteWriter writer = writer();
        writer.publish(route("shop", upstream("old").address()), soon());
        assertThat(writer.awaitDrained("shop", soon()))
                .as("after the first publish")
                .isTrue();

        writer.publish(route("shop", upstream("new").address()), soon());
        assertThat(writer.awaitDrained("shop", soon()))
                .as("after a replacement")
                .isTrue();

        writer.remove("shop", soon());
        assertThat(writer.awaitDrained("shop", soon())).as("after the removal").isTrue();
        assertThat(writer.awaitDrained("never-heard-of", soon())).isTrue();
    }

    @Test
    void ofManyPublishedAtOnceNoneIsLost() throws InterruptedException {
        RouteWriter writer = writer();
        Upstream module = upstream("all").address();

        allAtOnce(CROWD, i -> writer.publish(route("module-" + i, module), soon()));

        assertThat(writer.routes(soon())).hasSize(CROWD);
    }

    @Test
    void writersOnOneProxyTakeTurnsAndLoseNothing() throws InterruptedException {
        List<RouteWriter> writers = List.of(writer(), writer());
        Upstream module = upstream("all").address();

        allAtOnce(CROWD, i -> writers.get(i % 2).publish(route("module-" + i, module), soon()));

        assertThat(writer().routes(soon())).hasSize(CROWD);
    }

    @Test
    void aDeadlineThatHasPassedEndsTheCallAndChangesNothing() {
        RouteWriter writer = writer();
        Route shop = route("shop", upstream("shop").address());
        writer.publish(shop, soon());
        Deadline past = Deadline.after(Duration.ZERO);

        RouteException publishing =
                failure(() -> writer.publish(route("late", upstream("late").address()), past));
        RouteException removing = failure(() -> writer.remove("shop", past));

        assertThat(List.of(publishing.kind(), removing.kind()))
                .isSubsetOf(FailureKind.DEADLINE_EXCEEDED, FailureKind.UNAVAILABLE);
        assertThat(writer.routes(soon())).containsExactly(shop);
    }

    @Test
    void closingTwiceIsQuietAndLeavesTheRoutes() {
        Route route = route("shop", upstream("shop").address());
        RouteWriter first = writer();
        first.ping(soon());
        RouteWriter second = writer();
        first.publish(route, soon());

        second.close();
        second.close();

        assertThat(first.routes(soon())).containsExactly(route);
    }
}
