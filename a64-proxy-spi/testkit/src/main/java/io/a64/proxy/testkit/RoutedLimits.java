package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.CONNECTION_LIMIT;
import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static io.a64.proxy.testkit.Capability.RATE_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The part of {@link RoutedTrafficContract} about how much one client may ask of one module. */
abstract class RoutedLimits extends RoutedMessages {

    private static final int AT_ONCE = 5;
    private static final RouteOptions SELDOM =
            RouteOptions.builder().rateLimit(new RateLimit(1, AT_ONCE - 1)).build();
    private static final RouteOptions ONE_BY_ONE =
            RouteOptions.builder().connectionLimit(1).build();

    @Test
    @Needs(RATE_LIMIT)
    void aBurstPassesUndelayedAndWhatComesAfterItIsRefused() {
        publishApp(SELDOM);

        List<Integer> answers = crowd(() -> get("/app/"));

        assertThat(answers.subList(0, AT_ONCE)).as("the burst").containsOnly(200);
        // While they were asked, seconds may have passed, each of which lets one more in.
        assertThat(answers.subList(AT_ONCE, answers.size()))
                .as("what came after it")
                .contains(429);
        assertThat(app.requests()).isEqualTo((int)
                answers.stream().filter(status -> status == 200).count());
    }

    private static List<Integer> crowd(Supplier<Answer> asking) {
        return Stream.generate(asking).limit(4 * AT_ONCE).map(Answer::status).toList();
    }

    /** Asks until the client has used up what it may. */
    private void exhaust() {
        assertThat(crowd(() -> get("/app/"))).contains(429);
    }

    @Test
    @Needs(RATE_LIMIT)
    void aClientThatWasRefusedMayAskAgainLater() {
        publishApp(SELDOM);
        exhaust();

        await("a second gone by").until(() -> get("/app/").status() == 200);
    }

    @Test
    @Needs(RATE_LIMIT)
    void aRateLimitLeavesOtherModulesAlone() {
        writer.publish(route("blog", upstream("blog").address()), soon());
        publishApp(SELDOM);

        exhaust();

        assertThat(crowd(() -> get("/blog/"))).containsOnly(200);
    }

    @Test
    @Needs(RATE_LIMIT)
    void twoModulesWithTheSameRateAreCountedApart() {
        UpstreamServer blog = upstream("blog");
        writer.publish(route("blog", new PathMatch("/blog/"), SELDOM, blog), soon());
        publishApp(SELDOM);

        exhaust();

        assertThat(get("/blog/").status()).isEqualTo(200);
    }

    @Test
    @Needs(RATE_LIMIT)
    void aRateLimitLeavesTheHealthPathAlone() {
        publishApp(SELDOM);

        exhaust();

        assertThat(crowd(() -> get("/app/health"))).containsOnly(200);
    }

    @Test
    @Needs({RATE_LIMIT, HOST_ROUTES})
    void aHostHasARateLimitToo() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, SELDOM, app), soon());

        List<Integer> answers = crowd(() -> ask(match, "/"));

        assertThat(answers.subList(0, AT_ONCE)).containsOnly(200);
        assertThat(answers).contains(429);
        assertThat(ask(match, "/health").status()).isEqualTo(200);
    }

    @Test
    @Needs(CONNECTION_LIMIT)
    void whatIsUnderWayCountsAgainstTheConnectionLimit() {
        publishApp(ONE_BY_ONE);
        closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        app.awaitRequests(1);

        assertThat(get("/app/").status()).isEqualTo(429);
        assertThat(app.requests()).isEqualTo(1);
    }

    @Test
    @Needs(CONNECTION_LIMIT)
    void whatHasEndedDoesNotCountAgainstTheConnectionLimit() {
        publishApp(ONE_BY_ONE);
        RawConnection first = closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        app.awaitRequests(1);

        app.release();

        assertThat(first.answer().status()).isEqualTo(200);
        await("the end of the first request being noticed")
                .until(() -> get("/app/").status() == 200);
    }

    @Test
    @Needs(CONNECTION_LIMIT)
    void aConnectionLimitLeavesTheHealthPathAndOtherModulesAlone() {
        writer.publish(route("blog", upstream("blog").address()), soon());
        publishApp(ONE_BY_ONE);
        closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        app.awaitRequests(1);

        assertThat(get("/app/health").status()).isEqualTo(200);
        assertThat(get("/blog/").status()).isEqualTo(200);
    }
}
