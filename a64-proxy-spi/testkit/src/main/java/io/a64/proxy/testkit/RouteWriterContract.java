package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link RouteWriter} must do, whether it serves HTTP or only keeps routes for something that does. */
public abstract class RouteWriterContract extends RouteWriterFixture {

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
    void aPathThatAnotherModuleHoldsIsRefusedNamingTheHolder() {
        RouteWriter writer = writer();
        Route held = route("shop", upstream("shop").address());
        writer.publish(held, soon());
        Route wanted = Route.onPath(
                "thief", 1, held.match().path(), List.of(upstream("thief").address()), RouteOptions.defaults());

        RouteException refusal = failure(() -> writer.publish(wanted, soon()));

        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refusal).hasMessageContainingAll("shop", held.match().path());
        assertThat(writer.routes(soon())).containsExactly(held);
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
