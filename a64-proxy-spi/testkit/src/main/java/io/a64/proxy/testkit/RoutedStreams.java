package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static io.a64.proxy.testkit.Capability.STREAMING;
import static io.a64.proxy.testkit.Capability.WEBSOCKETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a64.proxy.HostMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The part of {@link RoutedTrafficContract} about what passes while it is still being sent, and about silence. */
abstract class RoutedStreams extends RoutedSecurity {

    private static final RouteOptions UNBUFFERED =
            RouteOptions.builder().buffering(false).build();

    @Test
    @Needs(STREAMING)
    @DisplayName("trap 17: an event passes at once where bodies are not buffered")
    void anEventPassesAtOnceWithoutBuffering() {
        publishApp(UNBUFFERED);

        assertFirstEventPasses();
    }

    @Test
    @Needs(STREAMING)
    @DisplayName("trap 17: an event passes at once where the module asks for it")
    void anEventPassesAtOnceIfTheModuleAsksForIt() {
        app.answering(200, "X-Accel-Buffering", "no");
        publishApp();

        assertFirstEventPasses();
    }

    private void assertFirstEventPasses() {
        RawConnection client = closing(RawHttp.begin(base(), "GET", "/app/events", ""));

        client.readUntil("data: first");
        app.release();
        client.readUntil("data: last");
    }

    @Test
    @Needs(STREAMING)
    void anUploadReachesTheModuleWhileItIsStillBeingSent() {
        publishApp(UNBUFFERED);
        String half = "x".repeat(4000);
        RawConnection client = closing(RawHttp.begin(base(), "POST", "/app/", half, "Content-Length: 8000"));

        await("the first half at the module").until(() -> app.received.get() >= 4000);
        client.send(half);

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(app.last().body()).hasSize(8000);
    }

    @Test
    @Needs(STREAMING)
    void anUploadInChunksReachesTheModuleWhileItIsStillBeingSent() {
        publishApp(UNBUFFERED);
        String chunk = "fa0\r\n" + "x".repeat(4000) + "\r\n";
        RawConnection client = closing(RawHttp.begin(base(), "POST", "/app/", chunk, RawHttp.CHUNKED));

        await("the first chunk at the module").until(() -> app.received.get() >= 4000);
        client.send(chunk + "0\r\n\r\n");

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(app.last().body()).hasSize(8000);
    }

    @Test
    @Needs(STREAMING)
    @DisplayName("trap 18: the limit of a body holds where it is not buffered")
    void theLimitOfABodyHoldsWithoutBuffering() {
        publishApp(UNBUFFERED.toBuilder().maxBodyBytes(1000).build());

        assertThat(RawHttp.send(base(), "POST", "/app/", "x".repeat(1001)).status())
                .isEqualTo(413);
        assertThat(RawHttp.send(base(), "POST", "/app/", RawHttp.chunk(1000), RawHttp.CHUNKED)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aModuleThatStaysSilentForTooLongIsGivenUp() {
        publishApp(RouteOptions.builder().readTimeout(Duration.ofSeconds(1)).build());

        assertSecured(get("/app/held"), 504);
    }

    @Test
    @DisplayName("trap 17: a silent module is waited for as long as its route says")
    void aModuleMayStaySilentForAsLongAsItsRouteSays() {
        publishApp(RouteOptions.builder().readTimeout(Duration.ofSeconds(5)).build());
        CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(app::release);

        assertThat(get("/app/held").status()).isEqualTo(200);
    }

    @Test
    @Needs(WEBSOCKETS)
    @DisplayName("trap 15: a WebSocket passes")
    void aWebSocketPasses() {
        publishApp();
        WebSocketClient client = closing(WebSocketClient.open(base(), "/app/chat?room=1"));

        client.echo("hello");
        client.echo("again");

        assertThat(app.last().target()).isEqualTo("/chat?room=1");
    }

    @Test
    @Needs({WEBSOCKETS, HOST_ROUTES})
    @DisplayName("trap 15: a WebSocket of a host passes")
    void aWebSocketOfAHostPasses() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, app), soon());

        closing(WebSocketClient.open(at(match), "/chat", hostHeader(match.host(), match)))
                .echo("hello");

        assertThat(app.last().target()).isEqualTo("/chat");
    }

    @Test
    @Needs(WEBSOCKETS)
    void aRouteWithoutWebSocketsPassesNoUpgrade() {
        publishApp(RouteOptions.builder().websocket(false).build());

        Answer answer = get("/app/", WebSocketClient.HANDSHAKE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(app.last().header("upgrade")).isEmpty();
    }
}
