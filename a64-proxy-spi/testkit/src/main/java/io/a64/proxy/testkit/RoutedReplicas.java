package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static io.a64.proxy.testkit.Capability.REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.a64.proxy.Balancing;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The part of {@link RoutedTrafficContract} about several upstreams of one route. */
abstract class RoutedReplicas extends RoutedStreams {

    private static final int MANY = 20;

    private UpstreamServer twin;

    @BeforeEach
    void prepareATwin() {
        twin = upstream("twin");
    }

    private void publishTwins(RouteOptions options) {
        writer.publish(route("app", new PathMatch("/app/"), options, app, twin), soon());
    }

    private static void askOften(IntSupplier asking) {
        assertThat(IntStream.generate(asking).limit(MANY)).containsOnly(200);
    }

    @Test
    @Needs(REPLICAS)
    void allReplicasServe() {
        publishTwins(RouteOptions.defaults());

        askOften(() -> get("/app/").status());

        assertThat(app.requests()).isPositive();
        assertThat(twin.requests()).isPositive();
        assertThat(app.requests() + twin.requests()).isEqualTo(MANY);
    }

    @Test
    @Needs(REPLICAS)
    void theReplicaWithLessToDoIsAsked() {
        publishTwins(RouteOptions.defaults());
        closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        await("the request at a replica").until(() -> app.requests() + twin.requests() == 1);
        UpstreamServer busy = app.requests() > 0 ? app : twin;

        askOften(() -> get("/app/").status());

        assertThat(busy.requests()).as("requests of the replica that is busy").isEqualTo(1);
    }

    @Test
    @Needs(REPLICAS)
    void aClientKeepsItsReplicaIfTheRouteSaysSo() {
        publishTwins(RouteOptions.builder().balancing(Balancing.CLIENT_ADDRESS).build());

        askOften(() -> get("/app/").status());

        assertThat(Math.max(app.requests(), twin.requests())).isEqualTo(MANY);
    }

    @Test
    @Needs(REPLICAS)
    void aClientWhoseReplicaDiesGetsTheOther() throws IOException {
        publishTwins(RouteOptions.builder().balancing(Balancing.CLIENT_ADDRESS).build());
        get("/app/");
        (app.requests() > 0 ? app : twin).close();

        askOften(() -> get("/app/").status());
    }

    @Test
    @Needs(REPLICAS)
    void aDeadReplicaIsPassedOver() throws IOException {
        publishTwins(RouteOptions.defaults());
        twin.close();

        askOften(() -> get("/app/").status());

        assertThat(app.requests()).isEqualTo(MANY);
    }

    @Test
    @Needs({REPLICAS, HOST_ROUTES})
    void aHostHasReplicasToo() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, app, twin), soon());

        askOften(() -> ask(match, "/").status());

        assertThat(app.requests()).isPositive();
        assertThat(twin.requests()).isPositive();
    }

    @Test
    @Needs(REPLICAS)
    @DisplayName("trap 43: a slow request does not close the route to others")
    void aSlowRequestDoesNotCloseTheRouteToOthers() {
        publishTwins(RouteOptions.builder().readTimeout(Duration.ofSeconds(1)).build());
        assertThat(get("/app/held").status()).isEqualTo(504);

        askOften(() -> get("/app/").status());
    }

    @Test
    @Needs(REPLICAS)
    @DisplayName("trap 44: a POST that a dead replica cannot take is delivered once to the other")
    void aPostIsDeliveredOnceToTheOtherReplica() throws IOException {
        publishTwins(RouteOptions.defaults());
        twin.close();

        askOften(() -> RawHttp.send(base(), "POST", "/app/", "x").status());

        assertThat(app.requests()).isEqualTo(MANY);
    }

    @Test
    @Needs(REPLICAS)
    @DisplayName("trap 44: a POST that a replica has read is not sent to the other")
    void aPostThatWasReadIsNotSentAgain() {
        publishTwins(RouteOptions.defaults());
        app.breakOff();
        twin.breakOff();

        assertThat(RawHttp.send(base(), "POST", "/app/", "x").status()).isEqualTo(502);

        assertThat(app.requests() + twin.requests()).isEqualTo(1);
    }
}
