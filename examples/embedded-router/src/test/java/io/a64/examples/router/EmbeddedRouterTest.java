package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.spi.RouteWriterProvider;
import io.a64.spi.InvalidSettingException;
import io.a64.spi.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class EmbeddedRouterTest extends RouterTestBase {

    @Test
    void aRouteIsLiveWhenPublishReturnsAndGoneWhenRemoveReturns() throws IOException {
        module("app");
        assertThat(status(get("/app/"))).isEqualTo(200);

        assertThat(router.remove("app", soon())).isTrue();

        assertThat(status(get("/app/"))).isEqualTo(404);
        assertThat(router.remove("app", soon())).isFalse();
    }

    @Test
    void aRouteReplacesItsModulesFormerOne() throws IOException {
        module("app", Backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold"));
        module("app", Backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew"));

        assertThat(get("/app/")).endsWith("new");
        assertThat(router.routes(soon())).hasSize(1);
    }

    @Test
    void aPathThatAnotherModuleHoldsIsAConflictAndChangesNothing() throws IOException {
        Backend app = module("app");
        Route same = Route.onPath(
                "other",
                1,
                "/app/",
                route("x", app.port(), RouteOptions.defaults()).upstreams(),
                RouteOptions.defaults());

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> router.publish(same, soon()))
                .matches(e -> e.kind() == FailureKind.CONFLICT)
                .withMessageContaining("app");
        assertThat(router.routes(soon())).extracting(Route::module).containsExactly("app");
        assertThat(status(get("/app/"))).isEqualTo(200);
    }

    @Test
    void theLongestPrefixWins() throws Exception {
        Backend outer = module("app");
        Backend inner = Backend.answering(Backend.OK);
        router.publish(
                Route.onPath(
                        "inner",
                        1,
                        "/app/in/",
                        route("x", inner.port(), RouteOptions.defaults()).upstreams(),
                        RouteOptions.defaults()),
                soon());

        get("/app/in/x");
        get("/app/inner/x");

        assertThat(requestLine(inner.nextHead())).isEqualTo("GET /x HTTP/1.1");
        assertThat(requestLine(outer.nextHead())).isEqualTo("GET /inner/x HTTP/1.1");
        inner.close();
    }

    @Test
    void anUpstreamThatRefusesIsPassedOver() throws IOException {
        Backend dead = Backend.answering(Backend.OK);
        dead.close();
        Backend alive = module("app");
        Upstream[] both = {new Upstream("127.0.0.1", dead.port()), new Upstream("127.0.0.1", alive.port())};
        router.publish(Route.onPath("app", 2, "/app/", List.of(both), RouteOptions.defaults()), soon());

        for (int i = 0; i < 10; i++) {
            assertThat(status(get("/app/"))).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatIsUnderWayIsFinishedAfterItsRouteIsRemoved() throws Exception {
        CountDownLatch removed = new CountDownLatch(1);
        Backend app = module("app", Backend.behaving((head, in, socket) -> {
            awaitQuietly(removed);
            socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
        }));
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("GET /app/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            app.nextHead();

            router.remove("app", soon());
            removed.countDown();

            assertThat(status(readAll(socket.getInputStream()))).isEqualTo(200);
        }
    }

    @Test
    void provingAsksTheModule() throws IOException {
        Backend app = module("app");
        Route route = route("app", app.port(), RouteOptions.defaults());
        router.prove(route, soon());

        app.close();

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> router.prove(route, soon()))
                .matches(e -> e.kind() == FailureKind.UNAVAILABLE)
                .withMessageContaining("502");
        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> router.prove(route("none", 1, RouteOptions.defaults()), soon()))
                .withMessageContaining("not published");
    }

    @Test
    void aModuleWhoseHealthIsBadHasAnsweredAllTheSame() {
        Backend sick = module("app", Backend.answering(lines("HTTP/1.1 503 Sick", "Content-Length: 4", "", "sick")));

        router.prove(route("app", sick.port(), RouteOptions.defaults()), soon());
    }

    @Test
    void publishingWithNoTimeLeftChangesNothing() {
        RouteException failure = catchThrowableOfType(
                RouteException.class,
                () -> router.publish(route("app", 1, RouteOptions.defaults()), Deadline.after(Duration.ZERO)));

        assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(router.routes(soon())).isEmpty();
    }

    @Test
    void noneOfManyRoutesPublishedAtOnceIsLostAndNoNeighbourIsDisturbed() throws Exception {
        Backend steady = module("steady");
        Backend app = Backend.answering(Backend.OK);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> changes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Route route = route("m" + i, app.port(), RouteOptions.defaults());
            changes.add(pool.submit(() -> router.publish(route, soon())));
            changes.add(pool.submit(() -> assertThat(status(get("/steady/"))).isEqualTo(200)));
        }
        for (Future<?> change : changes) {
            change.get();
        }
        pool.shutdown();

        assertThat(router.routes(soon())).hasSize(201);
        for (int i = 0; i < 200; i += 20) {
            assertThat(status(get("/m" + i + "/"))).isEqualTo(200);
        }
        steady.close();
        app.close();
    }

    @Test
    void nothingListensAndNoThreadRunsBeforeTheFirstNeed() {
        long before = routerThreads();
        EmbeddedRouter idle = EmbeddedRouter.listening(0);
        assertThat(idle.routes(soon())).isEmpty();
        assertThat(idle.remove("app", soon())).isFalse();
        assertThat(routerThreads()).isEqualTo(before);

        assertThat(idle.baseUri().getPort()).isPositive();

        assertThat(routerThreads()).isGreaterThan(before);
        idle.close();
        idle.close();
        await("threads end with their router")
                .untilAsserted(() -> assertThat(routerThreads()).isEqualTo(before));
    }

    private static long routerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("a64-router"))
                .count();
    }

    @Test
    void aClosedRouterSaysSo() {
        router.baseUri();
        router.close();

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> router.ping(soon()))
                .matches(e -> e.kind() == FailureKind.UNAVAILABLE)
                .withMessageContaining("closed");
    }

    @Test
    void aTakenPortIsNamedWithItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedRouter late = EmbeddedRouter.listening(taken.getLocalPort());

            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(late::baseUri)
                    .matches(e -> e.setting().equals("a64.router.port"))
                    .withMessageContaining(String.valueOf(taken.getLocalPort()))
                    .withMessageContaining("in use");
            late.close();
        }
    }

    @Test
    void itIsFoundByItsName() {
        RouteWriterProvider provider = ServiceLoader.load(RouteWriterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals("embedded"))
                .findFirst()
                .orElseThrow();
        try (RouteWriter found = provider.create(Settings.of(Map.of("a64.router.port", "0")))) {
            assertThat(found.name()).isEqualTo("embedded");
            assertThat(found.baseUri().getHost()).isEqualTo("127.0.0.1");
        }
        for (String port : List.of("x", "-1", "65536")) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> provider.create(Settings.of(Map.of("a64.router.port", port))))
                    .withMessageContaining(port);
        }
    }
}
