package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostRoutingTest extends RouterTestBase {

    private final int port;

    HostRoutingTest() throws IOException {
        port = freePort();
    }

    private HostMatch shop(String path) {
        return new HostMatch("shop.localhost", port, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/b?x=1&y=2",
                "/a%2Fb%20c//d",
                "/%41;v=1?q=%2F",
                "/a/../b",
                "/a?b={c}|[d]^`\"e\"",
            })
    void theModuleSeesTheWholePathByteForByte(String target) throws Exception {
        Backend shop = host("shop", shop("/"));

        assertThat(status(getAt(port, "shop.localhost:" + port, target))).isEqualTo(200);

        assertThat(requestLine(shop.nextHead())).isEqualTo("GET " + target + " HTTP/1.1");
    }

    @Test
    void theModuleLearnsHostAndClientAndNoPrefix() throws Exception {
        Backend shop = host("shop", shop("/"));

        getAt(
                port,
                "shop.localhost:" + port,
                "/",
                "X-Forwarded-Prefix: /fake",
                "X-Forwarded-For: 6.6.6.6",
                "X-Original-URI: /fake");

        String head = shop.nextHead();
        assertThat(header(head, "Host")).containsExactly("shop.localhost:" + port);
        assertThat(header(head, "X-Forwarded-Host")).containsExactly("shop.localhost");
        assertThat(header(head, "X-Forwarded-Port")).containsExactly(String.valueOf(port));
        assertThat(header(head, "X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(header(head, "X-Forwarded-Prefix")).isEmpty();
        assertThat(header(head, "X-Original-URI")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost", "127.0.0.1", "[::1]:80", "shop.localhost.evil", ""})
    void anUnknownHostIsMisdirected(String host) throws IOException {
        Backend shop = host("shop", shop("/"));

        String answer = getAt(port, host, "/");

        assertThat(answer).startsWith("HTTP/1.1 421 Misdirected Request\r\n");
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
        assertThat(shop.hasSeenNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.localhost", "SHOP.LocalHost", "shop.localhost.", "shop.localhost:81"})
    void hostsDifferInNeitherCaseNorPortNorFinalDot(String host) throws IOException {
        host("shop", shop("/"));

        assertThat(status(getAt(port, host, "/"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "[::1", "a/b", "a@b"})
    void aHostThatNoHostCanHaveIsABadRequest(String host) throws IOException {
        host("shop", shop("/"));

        assertThat(status(getAt(port, host, "/"))).isEqualTo(400);
    }

    @Test
    void twoHostsInOneRequestAreABadRequest() throws IOException {
        host("shop", shop("/"));

        assertThat(status(getAt(port, "shop.localhost", "/", "Host: shop.localhost")))
                .isEqualTo(400);
    }

    @Test
    void theHostOfAnAbsoluteRequestLineCountsAndTheModuleSeesNoOther() throws Exception {
        Backend shop = host("shop", shop("/"));

        assertThat(status(getAt(port, "shop.localhost:99", "http://shop.localhost/x?y")))
                .isEqualTo(200);
        assertThat(status(getAt(port, "shop.localhost", "http://shop.localhost.evil/x")))
                .isEqualTo(421);

        String head = shop.nextHead();
        assertThat(requestLine(head)).isEqualTo("GET /x?y HTTP/1.1");
        assertThat(header(head, "Host")).containsExactly("shop.localhost");
        assertThat(shop.hasSeenNothing()).isTrue();
    }

    @Test
    void anAbsoluteRequestLineThatContradictsItsHostIsABadRequest() throws IOException {
        host("shop", shop("/"));

        assertThat(status(getAt(port, "evil", "http://shop.localhost/x"))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.localhost", "evil.example", ""})
    void theHealthPathOfAPublicPortIsTheRoutersWhateverTheHost(String host) throws IOException {
        Backend shop = host("shop", shop("/"));

        assertThat(status(getAt(port, host, "/health"))).isEqualTo(200);
        assertThat(shop.hasSeenNothing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/x, back",
        "/api/, back",
        "/a/../api/x, back",
        "/api, front",
        "/apix, front",
        "/, front",
        "/api/../x, front"
    })
    void theLongestPrefixWinsAndIsKept(String target, String module) throws Exception {
        Backend front = host("front", shop("/"));
        Backend back = host("back", shop("/api/"));

        assertThat(status(getAt(port, "shop.localhost", target))).isEqualTo(200);

        Backend reached = module.equals("back") ? back : front;
        assertThat(requestLine(reached.nextHead())).isEqualTo("GET " + target + " HTTP/1.1");
    }

    @Test
    void aPathThatNoPrefixOfAKnownHostCoversIsNotFound() throws IOException {
        host("back", shop("/api/"));

        assertThat(status(getAt(port, "shop.localhost", "/"))).isEqualTo(404);
        assertThat(status(getAt(port, "shop.localhost", "/api"))).isEqualTo(404);
    }

    @Test
    void redirectsAndCookiesOfTheModuleAreLeftAlone() throws IOException {
        host(
                "shop",
                shop("/api/"),
                Backend.answering(lines(
                        "HTTP/1.1 302 Found",
                        "Location: http://shop.localhost/login",
                        "Set-Cookie: a=1; Path=/",
                        "Content-Length: 0",
                        "")),
                RouteOptions.defaults());

        String answer = getAt(port, "shop.localhost", "/api/");

        assertThat(header(answer, "Location")).containsExactly("http://shop.localhost/login");
        assertThat(header(answer, "Set-Cookie")).containsExactly("a=1; Path=/");
    }

    @Test
    void pathRoutesAndHostRoutesAreReachedThroughTheirOwnListenersOnly() throws IOException {
        module("app");
        host("shop", shop("/"));

        assertThat(status(getAt(port, "localhost", "/app/"))).isEqualTo(421);
        assertThat(status(getAt(router.baseUri().getPort(), "shop.localhost", "/")))
                .isEqualTo(404);
    }

    @Test
    void aPortIsListenedOnFromItsFirstRouteToItsLast() throws IOException {
        host("shop", shop("/"));
        host("blog", HostMatch.of("blog.localhost", port));

        router.remove("shop", soon());
        assertThat(status(getAt(port, "blog.localhost", "/"))).isEqualTo(200);
        router.remove("blog", soon());

        assertThatIOException().isThrownBy(() -> connect(port));
        host("shop", shop("/"));
        assertThat(status(getAt(port, "shop.localhost", "/"))).isEqualTo(200);
    }

    @Test
    void aRouteThatMovesToAnotherPortLeavesTheFormerOne() throws IOException {
        host("shop", shop("/"));
        int other = freePort();

        host("shop", HostMatch.of("shop.localhost", other));

        assertThat(status(getAt(other, "shop.localhost", "/"))).isEqualTo(200);
        assertThatIOException().isThrownBy(() -> connect(port));
    }

    @Test
    void aRequestThatIsUnderWayIsFinishedAfterThePortIsClosed() throws Exception {
        CountDownLatch removed = new CountDownLatch(1);
        Backend shop = host(
                "shop",
                shop("/"),
                Backend.behaving((head, in, socket) -> {
                    awaitQuietly(removed);
                    socket.getOutputStream().write(Backend.OK.getBytes(StandardCharsets.US_ASCII));
                }),
                RouteOptions.defaults());
        try (Socket socket = connect(port)) {
            socket.getOutputStream()
                    .write(lines("GET / HTTP/1.1", "Host: shop.localhost", "Connection: close", "")
                            .getBytes(StandardCharsets.US_ASCII));
            shop.nextHead();

            router.remove("shop", soon());
            removed.countDown();

            assertThat(status(readAll(socket.getInputStream()))).isEqualTo(200);
        }
    }

    @Test
    void aPortThatAnotherProgramHoldsIsNamedAndChangesNothing() throws IOException {
        host("shop", shop("/"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HostMatch elsewhere = HostMatch.of("shop.localhost", taken.getLocalPort());

            assertThatExceptionOfType(RouteException.class)
                    .isThrownBy(() -> host("shop", elsewhere))
                    .matches(e ->
                            e.kind() == FailureKind.UNAVAILABLE && e.module().equals("shop"))
                    .withMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .withMessageContaining("in use");
        }
        assertThat(router.routes(soon())).extracting(Route::match).containsExactly(shop("/"));
        assertThat(status(getAt(port, "shop.localhost", "/"))).isEqualTo(200);
    }

    @Test
    void thePortOfPathRoutesIsRefused() {
        int pathPort = router.baseUri().getPort();

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> host("shop", HostMatch.of("shop.localhost", pathPort)))
                .matches(e -> e.kind() == FailureKind.CONFLICT)
                .withMessageContaining("path routes");
        assertThat(router.routes(soon())).isEmpty();
    }

    @Test
    void aHostThatAnotherModuleHoldsIsAConflictThatNamesTheHolder() throws IOException {
        host("shop", shop("/"));

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> host("thief", shop("/")))
                .matches(e -> e.kind() == FailureKind.CONFLICT)
                .withMessageContaining("module shop");
        assertThat(status(getAt(port, "shop.localhost", "/"))).isEqualTo(200);
    }

    @Test
    void theUriOfAHostIsThatOfItsPublicPort() {
        assertThat(router.uri(shop("/api/"))).isEqualTo(URI.create("http://shop.localhost:" + port + "/api/"));
    }

    @Test
    void provingAsksTheModuleThroughThePublicPortForItsPrefix() throws Exception {
        Backend shop = host("shop", shop("/api/"));
        Route route = router.routes(soon()).get(0);

        assertThatCode(() -> router.prove(route, soon())).doesNotThrowAnyException();

        String head = shop.nextHead();
        assertThat(requestLine(head)).isEqualTo("GET /api/ HTTP/1.1");
        assertThat(header(head, "Host")).containsExactly("shop.localhost:" + port);
        shop.close();
        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> router.prove(route, soon()))
                .matches(e -> e.kind() == FailureKind.UNAVAILABLE)
                .withMessageContaining("502");
    }

    @Test
    void aRawHostRouteRefusesDotSegments() throws IOException {
        host(
                "shop",
                shop("/api/"),
                Backend.answering(Backend.OK),
                RouteOptions.builder().rawPath(true).build());

        assertThat(status(getAt(port, "shop.localhost", "/api/a%2Fb"))).isEqualTo(200);
        assertThat(status(getAt(port, "shop.localhost", "/api/a/%2E%2e/b"))).isEqualTo(400);
        assertThat(status(getAt(port, "shop.localhost", "/x/../api/b"))).isEqualTo(400);
    }
}
