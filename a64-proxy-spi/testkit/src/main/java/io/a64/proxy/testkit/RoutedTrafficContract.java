package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a proxy does with requests, asked through HTTP at {@link RouteWriter#baseUri()}. */
public abstract class RoutedTrafficContract extends RoutedDrains {

    private static final int FRESH_CONNECTIONS = 200;
    private static final int CHANGES = 3;

    @Test
    void aRouteIsLiveForEveryConnectionWhenPublishReturns() {
        publishApp();

        for (int i = 0; i < FRESH_CONNECTIONS; i++) {
            assertThat(RawHttp.get(base(), "/app/").body()).contains("app");
        }
    }

    @Test
    @DisplayName("trap 37: no connection meets the former module when a replacement returns")
    void noConnectionMeetsTheFormerModuleWhenAReplacementReturns() {
        publishApp();
        UpstreamServer next = upstream("next");
        writer.publish(Route.onPath("app", 2, "/app/", List.of(next.address()), RouteOptions.defaults()), soon());
        int before = app.requests();

        for (int i = 0; i < FRESH_CONNECTIONS; i++) {
            assertThat(RawHttp.get(base(), "/app/").body()).contains("next");
        }
        assertThat(app.requests()).isEqualTo(before);
    }

    @Test
    @DisplayName("trap 49: a removed route answers 404 when remove returns")
    void aRemovedRouteAnswers404WhenRemoveReturns() {
        publishApp();
        writer.publish(route("blog", upstream("blog").address()), soon());
        assertThat(get("/app/").body()).contains("app");

        writer.remove("app", soon());

        for (int i = 0; i < FRESH_CONNECTIONS; i++) {
            assertThat(RawHttp.get(base(), "/app/").status()).isEqualTo(404);
        }
        assertThat(RawHttp.get(base(), "/blog/").body()).contains("blog");
    }

    @Test
    void otherModulesAreServedAfterARefusedPublish() {
        publishApp();
        Route thief =
                Route.onPath("thief", 1, "/app/", List.of(upstream("thief").address()), RouteOptions.defaults());

        assertThat(failure(() -> writer.publish(thief, soon()))).isNotNull();

        assertThat(RawHttp.get(base(), "/app/").body()).contains("app");
    }

    @Test
    void anotherModuleIsServedThroughoutEveryChange() throws InterruptedException {
        publishApp();
        UpstreamServer blog = upstream("blog");
        AtomicBoolean changing = new AtomicBoolean(true);

        allAtOnce(2, i -> {
            if (i == 0) {
                try {
                    changeOften(blog, deadUpstream());
                } finally {
                    changing.set(false);
                }
            } else {
                do {
                    assertThat(RawHttp.get(base(), "/app/").body()).contains("app");
                } while (changing.get());
            }
        });
    }

    /** Publishes, replaces, is refused and removes, several times. */
    private void changeOften(UpstreamServer blog, Upstream dead) {
        for (int round = 0; round < CHANGES; round++) {
            writer.publish(route("blog", blog.address()), soon());
            writer.publish(route("blog", dead), soon());
            assertThat(failure(() -> writer.publish(
                            Route.onPath("thief", 1, "/app/", List.of(dead), RouteOptions.defaults()), soon())))
                    .isNotNull();
            writer.remove("blog", soon());
        }
    }

    @Test
    void aRouteThatMovesLeavesItsFormerPath() {
        publishApp();

        writer.publish(Route.onPath("app", 2, "/moved/", List.of(app.address()), RouteOptions.defaults()), soon());

        assertThat(RawHttp.get(base(), "/moved/").status()).isEqualTo(200);
        assertThat(RawHttp.get(base(), "/app/").status()).isEqualTo(404);
    }

    @Test
    void whatIsPublishedAtOnceIsLiveAtOnce() throws InterruptedException {
        allAtOnce(10, i -> {
            writer.publish(route("module-" + i, app.address()), soon());
            assertThat(RawHttp.get(base(), "/module-" + i + "/").status()).isEqualTo(200);
        });
    }
}
