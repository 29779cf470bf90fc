package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.DRAINING;
import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static io.a64.proxy.testkit.Capability.WEBSOCKETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of {@link RoutedTrafficContract} about what is under way while its route is replaced or removed. */
abstract class RoutedDrains extends RoutedReplicas {

    private static final Duration WHILE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(300);

    private boolean isDrained() {
        return writer.awaitDrained("app", Deadline.after(MOMENT));
    }

    private RawConnection hold() {
        RawConnection client = closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        app.awaitRequests(1);
        return client;
    }

    @Test
    @DisplayName("traps 38 and 49: a request that is under way when its route is removed ends with 200")
    void aRequestEndsWellAfterTheRemovalOfItsRoute() {
        publishApp();
        RawConnection client = hold();

        writer.remove("app", soon());
        assertThat(get("/app/").status()).isEqualTo(404);
        app.release();

        assertThat(client.answer().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("trap 38: a request that is under way when its module is replaced ends with 200")
    void aRequestEndsWellAfterTheReplacementOfItsModule() {
        publishApp();
        RawConnection client = hold();

        writer.publish(route("app", new PathMatch("/app/"), upstream("next")), soon());
        assertThat(get("/app/").body()).contains("next");
        app.release();

        assertThat(client.answer().body()).contains("app");
    }

    @Test
    @Needs(DRAINING)
    @DisplayName("trap 49: a removed module is drained when its last request has ended, not before")
    void aRemovedModuleIsDrainedWhenItsLastRequestHasEnded() {
        publishApp();
        RawConnection client = hold();
        writer.remove("app", soon());
        assertThat(isDrained()).as("while a request is under way").isFalse();

        app.release();

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(writer.awaitDrained("app", soon())).as("after it").isTrue();
    }

    @Test
    @Needs(DRAINING)
    @DisplayName("trap 49: a replaced module is drained when its last request has ended, whatever its heir does")
    void aReplacedModuleIsDrainedWhenItsLastRequestHasEnded() {
        publishApp();
        RawConnection client = hold();
        UpstreamServer next = upstream("next");
        writer.publish(route("app", new PathMatch("/app/"), next), soon());
        closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        next.awaitRequests(1);
        assertThat(isDrained())
                .as("while a request is under way at the former module")
                .isFalse();

        app.release();

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(writer.awaitDrained("app", Deadline.after(WHILE)))
                .as("while one is at its heir")
                .isTrue();
    }

    @Test
    @Needs({DRAINING, HOST_ROUTES})
    @DisplayName("trap 49: a removed host is drained when its last request has ended, not before")
    void aRemovedHostIsDrainedWhenItsLastRequestHasEnded() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, app), soon());
        RawConnection client = closing(RawHttp.begin(at(match), "GET", "/held", "", hostHeader(match.host(), match)));
        app.awaitRequests(1);
        writer.remove("app", soon());
        assertThat(isDrained()).as("while a request is under way").isFalse();

        app.release();

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(writer.awaitDrained("app", soon())).as("after it").isTrue();
    }

    @Test
    @Needs(WEBSOCKETS)
    @DisplayName("trap 38: a WebSocket survives a change of another route")
    void aWebSocketSurvivesAChangeOfAnotherRoute() {
        publishApp();
        WebSocketClient client = closing(WebSocketClient.open(base(), "/app/"));

        writer.publish(route("blog", upstream("blog").address()), soon());

        client.echo("still there");
    }

    @Test
    @Needs({DRAINING, WEBSOCKETS})
    @DisplayName("traps 38 and 49: a WebSocket survives the removal of its route, which is drained when it is closed")
    void aWebSocketIsWaitedFor() {
        publishApp();
        WebSocketClient client = WebSocketClient.open(base(), "/app/");
        client.echo("hello");

        writer.remove("app", soon());
        client.echo("still there");
        assertThat(isDrained()).as("while it is open").isFalse();
        client.close();

        assertThat(writer.awaitDrained("app", soon())).as("after it").isTrue();
    }

    @Test
    @Needs(DRAINING)
    @Timeout(10)
    void theWaitForADrainEndsWithTheDeadline() {
        publishApp();
        hold();
        writer.remove("app", soon());

        assertThat(writer.awaitDrained("app", Deadline.after(MOMENT))).isFalse();
        assertThat(writer.awaitDrained("app", Deadline.after(Duration.ZERO))).isFalse();
    }

    @Test
    @Needs(DRAINING)
    void aWriterThatIsOpenedLaterKnowsWhatIsUnderWay() {
        publishApp();
        hold();
        writer.remove("app", soon());

        assertThat(writer().awaitDrained("app", Deadline.after(MOMENT))).isFalse();
    }
}
