package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.Balancing;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReplicaTrafficTest extends RouterTestBase {

    private static final RouteOptions STICKY =
            RouteOptions.builder().balancing(Balancing.CLIENT_ADDRESS).build();
    private static final AtomicLong CLOCK = new AtomicLong();

    ReplicaTrafficTest() {
        super(EmbeddedRouter.timedBy(CLOCK::get));
    }

    private static Backend named(String name) {
        return Backend.answering(lines("HTTP/1.1 200 OK", "Content-Length: 3", "Connection: close", "") + name);
    }

    private List<String> bodies(int requests, String method) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            String answer = request(method, "/app/", "Content-Length: 0");
            bodies.add(status(answer) + answer.substring(answer.length() - 3));
        }
        return bodies;
    }

    @Test
    void requestsReachAllReplicas() throws IOException {
        replicas("app", RouteOptions.defaults(), named("one"), named("two"));

        assertThat(bodies(20, "GET")).containsOnly("200one", "200two");
    }

    @Test
    void aReplicaThatIsBusyGetsNoMoreWhileAnotherIsFree() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Backend free = named("two");
        Backend busy = Backend.behaving((head, in, socket) -> {
            awaitQuietly(answer);
            socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
        });
        replicas("app", RouteOptions.defaults(), busy);
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(lines("GET /app/ HTTP/1.1", "Host: a", "Connection: close", "")
                            .getBytes(StandardCharsets.US_ASCII));
            busy.nextHead();
            replicas("app", RouteOptions.defaults(), busy, free);

            assertThat(bodies(10, "GET")).containsOnly("200two");

            answer.countDown();
            assertThat(status(readAll(socket.getInputStream()))).isEqualTo(200);
        }
    }

    @Test
    void requestsOfOneClientStayAtOneReplica() throws IOException {
        replicas("app", STICKY, named("one"), named("two"), named("six"));

        assertThat(bodies(20, "GET").stream().distinct()).hasSize(1);
    }

    @Test
    void aDeadReplicaIsPassedOverForAnyMethodAndNoRequestIsLost() throws IOException {
        for (RouteOptions options : List.of(RouteOptions.defaults(), STICKY)) {
            Backend dead = named("one");
            replicas("app", options, dead, named("two"));
            dead.close();

            assertThat(bodies(10, "POST")).containsOnly("200two");
        }
    }

    @Test
    void aRequestWhoseBytesWereSentIsNotSentToAnotherReplica() throws IOException {
        Backend hangingUp = Backend.behaving((head, in, socket) -> {});
        Backend alsoHangingUp = Backend.behaving((head, in, socket) -> {});
        replicas("app", RouteOptions.defaults(), hangingUp, alsoHangingUp);

        assertThat(status(request("POST", "/app/", "Content-Length: 0"))).isEqualTo(502);

        assertThat(hangingUp.hasSeenNothing() ^ alsoHangingUp.hasSeenNothing()).isTrue();
    }

    @Test
    void noReplicaAliveIsABadGateway() throws IOException {
        Backend one = named("one");
        Backend two = named("two");
        replicas("app", RouteOptions.defaults(), one, two);
        one.close();
        two.close();

        assertThat(status(get("/app/"))).isEqualTo(502);
        assertThat(status(get("/app/"))).isEqualTo(502);
    }
}
