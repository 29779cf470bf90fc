package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy does with requests, asked through HTTP at {@link RouteWriter#baseUri()}. */
public abstract class RoutedTrafficContract extends RoutedMessages {

    private static final int FRESH_CONNECTIONS = 50;
    private static final int CHANGES = 3;

    @Test
    void aRouteIsLiveForEveryConnectionWhenPublishReturns() {
        publishApp();

        for (int i = 0; i < FRESH_CONNECTIONS; i++) {
            assertThat(RawHttp.get(base(), "/app/").body()).contains("app");
        }
    }

    @Test
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
    void aRemovedRouteAnswers404WhenRemoveReturns() {
        publishApp();
        writer.publish(route("blog", upstream("blog").address()), soon());

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

    @ParameterizedTest
    @CsvSource({
        "/app/, /",
        "/app/a/b?x=1&y=2, /a/b?x=1&y=2",
        "/app/a%20b, /a%20b",
        "/app/%C3%A9, /%C3%A9",
        "/app/a%25b, /a%25b",
        "/app/%3F%23, /%3F%23",
        "/app//x//y, /x/y",
        "/app/./a/../b, /b",
        "/app/?q=%2F%20, /?q=%2F%20",
        "/app/healthcare, /healthcare",
        "/app/health, /health"
    })
    void pathAndQueryArriveWithThePrefixStripped(String asked, String arrives) {
        publishApp();

        assertThat(RawHttp.get(base(), asked).status()).isEqualTo(200);
        assertThat(app.last().target()).isEqualTo(arrives);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void thePathWithoutItsFinalSlashIsRedirectedForAnyMethod(String method) {
        publishApp();

        Answer answer = RawHttp.send(base(), method, "/app?q=%2F", method.equals("POST") ? "x" : "");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("location")).containsExactly("/app/?q=%2F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app-2/x", "/app../x", "/App/x", "/appx", "/other/", "/app%0a"})
    void pathsThatOnlyLookAlikeAreNotFound(String path) {
        publishApp();

        assertThat(RawHttp.get(base(), path).status()).isEqualTo(404);
        assertThat(app.requests()).isZero();
    }

    @Test
    void theLongestPrefixIsServed() {
        publishApp();
        writer.publish(route("app-2", upstream("two").address()), soon());
        writer.publish(
                Route.onPath("inner", 1, "/app/in/", List.of(upstream("inner").address()), RouteOptions.defaults()),
                soon());

        assertThat(RawHttp.get(base(), "/app-2/x").body()).contains("two");
        assertThat(RawHttp.get(base(), "/app/in/x").body()).contains("inner");
        assertThat(RawHttp.get(base(), "/app/../app-2/x").body()).contains("two");
    }

    @Test
    void whatIsPublishedAtOnceIsLiveAtOnce() throws InterruptedException {
        allAtOnce(10, i -> {
            writer.publish(route("module-" + i, app.address()), soon());
            assertThat(RawHttp.get(base(), "/module-" + i + "/").status()).isEqualTo(200);
        });
    }
}
