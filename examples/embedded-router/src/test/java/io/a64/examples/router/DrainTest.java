package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DrainTest extends RouterTestBase {

    private static final byte[] GET =
            lines("GET /app/ HTTP/1.1", "Host: a", "Connection: close", "").getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch answer = new CountDownLatch(1);

    private final List<Socket> asking = new ArrayList<>();

    @AfterEach
    void answerAll() throws IOException {
        answer.countDown();
        for (Socket socket : asking) {
            socket.close();
        }
    }

    private Backend waiting() {
        return waiting(answer);
    }

    private static Backend waiting(CountDownLatch answer) {
        return Backend.behaving((head, in, socket) -> {
            awaitQuietly(answer);
            socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
        });
    }

    private Socket asking(Backend app) throws Exception {
        Socket socket = connect();
        asking.add(socket);
        socket.getOutputStream().write(GET);
        app.nextHead();
        return socket;
    }

    private static Deadline aMoment() {
        return Deadline.after(Duration.ofMillis(200));
    }

    @Test
    void aModuleWithoutRequestsIsDrainedAtOnce() throws IOException {
        module("app");
        get("/app/");

        assertThat(router.awaitDrained("app", soon())).isTrue();
        router.remove("app", soon());
        assertThat(router.awaitDrained("app", soon())).isTrue();
        assertThat(router.awaitDrained("none", soon())).isTrue();
    }

    @Test
    void aRemovedModuleIsDrainedWhenItsLastRequestIsAnswered() throws Exception {
        Backend app = module("app", waiting());
        Socket socket = asking(app);
        router.remove("app", soon());
        assertThat(router.awaitDrained("app", aMoment())).isFalse();
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> router.awaitDrained("app", soon()));

        answer.countDown();

        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(status(readAll(socket.getInputStream()))).isEqualTo(200);
    }

    @Test
    void aClientThatHangsUpIsNoLongerUnderWay() throws Exception {
        Backend app = module("app", Backend.behaving((head, in, socket) -> {
            socket.getOutputStream()
                    .write(lines("HTTP/1.1 200 OK", "Content-Type: text/event-stream", "")
                            .getBytes(StandardCharsets.US_ASCII));
            while (answer.getCount() > 0) {
                socket.getOutputStream().write("data: x\n\n".getBytes(StandardCharsets.US_ASCII));
            }
        }));
        Socket socket = asking(app);
        router.remove("app", soon());
        assertThat(router.awaitDrained("app", aMoment())).isFalse();

        socket.close();

        assertThat(router.awaitDrained("app", soon())).isTrue();
    }

    @Test
    void aReplacedModuleWaitsForItsFormerUpstreamsOnly() throws Exception {
        CountDownLatch formerAnswer = new CountDownLatch(1);
        asking(module("app", waiting(formerAnswer)));
        asking(module("app", waiting()));
        assertThat(router.awaitDrained("app", aMoment())).isFalse();

        formerAnswer.countDown();

        assertThat(router.awaitDrained("app", soon())).isTrue();
    }

    @Test
    void requestsToAnUpstreamThatTheRouteStillNamesDoNotCount() throws Exception {
        Backend app = module("app", waiting());
        asking(app);

        router.publish(
                route("app", app.port(), RouteOptions.builder().maxBodyBytes(1).build()), soon());

        assertThat(router.awaitDrained("app", soon())).isTrue();
    }

    @Test
    void requestsOfOtherModulesDoNotCount() throws Exception {
        asking(module("app", waiting()));
        module("other");

        router.remove("other", soon());

        assertThat(router.awaitDrained("other", soon())).isTrue();
    }

    @Test
    void anOpenWebSocketIsUnderWayUntilItIsClosed() throws Exception {
        module("app", Backend.behaving((head, in, socket) -> {
            socket.getOutputStream().write(WebSocketTunnelTest.SWITCHED.getBytes(StandardCharsets.US_ASCII));
            in.read();
        }));
        Socket socket = connect();
        socket.getOutputStream().write(WebSocketTunnelTest.HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
        assertThat(status(Backend.readHead(socket.getInputStream()))).isEqualTo(101);
        router.remove("app", soon());
        assertThat(router.awaitDrained("app", aMoment())).isFalse();

        socket.close();

        assertThat(router.awaitDrained("app", soon())).isTrue();
    }

    @Test
    void aQuestionForAuthorizationIsUnderWayAtTheModuleThatIsAsked() throws Exception {
        Backend login = module("login", waiting());
        RouteAccess access = new RouteAccess(Optional.of("/login/check"), Optional.empty(), List.of());
        module(
                "app",
                Backend.answering(Backend.OK),
                RouteOptions.builder().access(access).build());
        Socket socket = asking(login);
        router.remove("login", soon());
        assertThat(router.awaitDrained("login", aMoment())).isFalse();

        answer.countDown();

        assertThat(router.awaitDrained("login", soon())).isTrue();
        assertThat(status(readAll(socket.getInputStream()))).isEqualTo(200);
    }

    @Test
    void anInterruptedWaitSaysSo() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> router.awaitDrained("app", soon()))
                .matches(e -> e.kind() == FailureKind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aClosedRouterSendsNothingMore() throws Exception {
        asking(module("app", waiting()));
        router.remove("app", soon());

        router.close();

        assertThat(router.awaitDrained("app", soon())).isTrue();
    }
}
