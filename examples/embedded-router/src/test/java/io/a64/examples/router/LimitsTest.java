package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a64.proxy.HostMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LimitsTest extends RouterTestBase {

    private static final RouteOptions SLOW =
            RouteOptions.builder().rateLimit(new RateLimit(1, 2)).build();
    private static final RouteOptions ONE =
            RouteOptions.builder().connectionLimit(1).build();
    private static final AtomicLong CLOCK = new AtomicLong();

    LimitsTest() {
        super(EmbeddedRouter.timedBy(CLOCK::get));
    }

    private void assertLimited(String answer) {
        assertThat(status(answer)).isEqualTo(429);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @Test
    void requestsAboveTheRateAreRefusedUntilTimeHasPassed() throws IOException {
        module("app", Backend.answering(Backend.OK), SLOW);
        for (int i = 0; i < 3; i++) {
            assertThat(status(get("/app/"))).isEqualTo(200);
        }

        assertLimited(get("/app/"));

        CLOCK.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(status(get("/app/"))).isEqualTo(200);
        assertLimited(get("/app/"));
    }

    @Test
    void theExactHealthPathIsExemptAndDoesNotCount() throws IOException {
        module("app", Backend.answering(Backend.OK), SLOW);
        for (int i = 0; i < 10; i++) {
            assertThat(status(get("/app/health"))).isEqualTo(200);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(status(get("/app/health/x"))).isEqualTo(200);
        }

        assertLimited(get("/app/healthcare"));
        assertThat(status(get("/app/health"))).isEqualTo(200);
    }

    @Test
    void aNeighbourIsNotLimited() throws IOException {
        module("app", Backend.answering(Backend.OK), SLOW);
        module("other");
        for (int i = 0; i < 4; i++) {
            get("/app/");
        }

        assertThat(status(get("/other/"))).isEqualTo(200);
    }

    @Test
    void aHostIsLimitedToo() throws IOException {
        int port = freePort();
        host("shop", HostMatch.of("shop.localhost", port), Backend.answering(Backend.OK), SLOW);
        for (int i = 0; i < 3; i++) {
            assertThat(status(getAt(port, "shop.localhost", "/"))).isEqualTo(200);
        }

        assertLimited(getAt(port, "shop.localhost", "/"));
        assertThat(status(getAt(port, "shop.localhost", "/health"))).isEqualTo(200);
    }

    @Test
    void requestsAtOnceAboveTheLimitAreRefusedUntilOneIsAnswered() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Backend app = module(
                "app",
                Backend.behaving((head, in, socket) -> {
                    if (!requestLine(head).contains("/health")) {
                        awaitQuietly(answer);
                    }
                    socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
                }),
                ONE);
        try (Socket first = connect()) {
            first.getOutputStream()
                    .write(lines("GET /app/ HTTP/1.1", "Host: a", "Connection: close", "")
                            .getBytes(StandardCharsets.US_ASCII));
            app.nextHead();

            assertLimited(get("/app/"));
            assertThat(status(get("/app/health"))).isEqualTo(200);

            answer.countDown();
            assertThat(status(readAll(first.getInputStream()))).isEqualTo(200);
        }
        await("the answered request is counted no more")
                .untilAsserted(() -> assertThat(status(get("/app/"))).isEqualTo(200));
    }

    @Test
    void anOpenWebSocketCountsUntilItIsClosed() throws Exception {
        module(
                "app",
                Backend.behaving((head, in, socket) -> {
                    boolean upgrade = !header(head, "Upgrade").isEmpty();
                    socket.getOutputStream()
                            .write((upgrade ? WebSocketTunnelTest.SWITCHED : Backend.OK)
                                    .getBytes(StandardCharsets.US_ASCII));
                    if (upgrade) {
                        in.read();
                    }
                }),
                ONE);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(WebSocketTunnelTest.HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            assertThat(status(Backend.readHead(socket.getInputStream()))).isEqualTo(101);

            assertLimited(get("/app/"));
        }
        await("the closed socket is counted no more")
                .untilAsserted(() -> assertThat(status(get("/app/"))).isEqualTo(200));
    }

    @Test
    void refusedRequestsDoNotCountAsUnderWay() throws IOException {
        module(
                "app",
                Backend.answering(Backend.OK),
                SLOW.toBuilder().connectionLimit(1).build());
        for (int i = 0; i < 10; i++) {
            get("/app/");
        }
        CLOCK.addAndGet(Duration.ofSeconds(10).toNanos());

        assertThat(status(get("/app/"))).isEqualTo(200);
    }
}
