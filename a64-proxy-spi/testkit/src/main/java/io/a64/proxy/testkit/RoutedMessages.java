package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import io.a64.proxy.testkit.UpstreamServer.Seen;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about headers and bodies, on the way to the module and back. */
abstract class RoutedMessages extends RoutedHosts {

    private static final RouteOptions SMALL =
            RouteOptions.builder().maxBodyBytes(1000).build();

    @Test
    void methodAndBodyArriveUnchanged() {
        publishApp();

        RawHttp.send(base(), "PUT", "/app/thing", "a=1&b=\"2\"", "Content-Type: text/plain");

        Seen seen = app.last();
        assertThat(seen.method()).isEqualTo("PUT");
        assertThat(seen.body()).isEqualTo("a=1&b=\"2\"");
        assertThat(seen.header("content-type")).containsExactly("text/plain");
    }

    @Test
    @DisplayName("trap 24: forwarded headers cannot be spoofed")
    void forwardedHeadersCannotBeSpoofed() {
        publishApp();

        get("/app/", FORGED);

        Seen seen = app.last();
        assertForwarded(seen, base().getHost(), base().getPort());
        assertThat(seen.header("x-forwarded-prefix")).containsExactly("/app");
    }

    @Test
    @DisplayName("trap 15: another upgrade than that to a WebSocket is not passed on")
    void anotherUpgradeThanWebsocketIsNotPassedOn() {
        publishApp();

        get("/app/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIA");

        assertThat(app.last().header("upgrade")).isEmpty();
        assertThat(app.last().header("http2-settings")).isEmpty();
    }

    @Test
    @DisplayName("trap 16: what concerns one connection stays there, and without an upgrade none is asked for")
    void whatConcernsOneConnectionStaysThere() {
        app.answering(200, "Keep-Alive", "timeout=5");
        publishApp();

        Answer answer = get("/app/", "Keep-Alive: timeout=5", "TE: trailers", "X-Kept: 1");

        assertThat(app.last().header("x-kept")).containsExactly("1");
        assertThat(app.last().header("keep-alive")).isEmpty();
        assertThat(app.last().header("te")).isEmpty();
        assertThat(String.join(",", app.last().header("connection"))).doesNotContainIgnoringCase("upgrade");
        assertThat(answer.header("keep-alive")).doesNotContain("timeout=5");
    }

    @ParameterizedTest(name = "trap 18: a body of {0} bytes where 1000 are allowed: {1}")
    @CsvSource({"1000, 200", "1001, 413"})
    void aBodyMayHaveTheLengthOfTheLimit(int length, int status) {
        publishApp(SMALL);

        assertThat(RawHttp.send(base(), "POST", "/app/", "x".repeat(length)).status())
                .isEqualTo(status);
        assertThat(app.requests()).isEqualTo(status == 200 ? 1 : 0);
    }

    @ParameterizedTest(name = "trap 18: a body of {0} bytes in chunks where 1000 are allowed: {1}")
    @CsvSource({"1000, 200", "1001, 413"})
    void theLimitHoldsForBodiesOfUndeclaredLength(int length, int status) {
        publishApp(SMALL);

        assertThat(RawHttp.send(base(), "POST", "/app/", RawHttp.chunk(length), RawHttp.CHUNKED)
                        .status())
                .isEqualTo(status);
        assertThat(app.requests()).isEqualTo(status == 200 ? 1 : 0);
    }

    @Test
    @DisplayName("trap 18: the limit of one module is not that of its neighbour")
    void theLimitOfOneModuleIsNotThatOfItsNeighbour() {
        publishApp(SMALL);
        UpstreamServer blog = upstream("blog");
        writer.publish(route("blog", blog.address()), soon());
        writer.publish(
                route(
                        "large",
                        new PathMatch("/large/"),
                        RouteOptions.builder().maxBodyBytes(64 << 20).build(),
                        blog),
                soon());

        assertThat(RawHttp.send(base(), "POST", "/blog/", "x".repeat(1001)).status())
                .isEqualTo(200);
        assertThat(RawHttp.send(base(), "POST", "/large/", "x".repeat(12 << 20)).status())
                .isEqualTo(200);
        assertThat(blog.last().body()).hasSize(12 << 20);
    }

    @ParameterizedTest(name = "trap 13: the redirect to {0} leads to {1}")
    @CsvSource({
        "/login, /app/login",
        "/, /app/",
        "/?next=/x, /app/?next=/x",
        "/apple, /app/apple",
        "login, login",
        "//evil/x, //evil/x",
        "https://ext.example/, https://ext.example/",
        "/app/login, /app/login",
        "/app, /app"
    })
    void redirectsOfTheModuleLeadBackToIt(String location, String mapped) {
        app.answering(302, "Location", location);
        publishApp();

        assertThat(get("/app/").header("location")).containsExactly(mapped);
    }

    @ParameterizedTest(name = "trap 13: the redirect to {0} of the host that was asked leads to {1}")
    @CsvSource({"/login, /app/login", "/app/login, /app/login", "/, /app/"})
    void redirectsThatNameTheHostLeadBackToTheModule(String path, String mapped) {
        app.answering(302, "Location", "http://" + base().getAuthority() + path);
        publishApp();

        // With or without the host, which the client knows already.
        assertThat(get("/app/").header("location")).containsAnyOf(mapped, "http://" + base().getAuthority() + mapped);
    }

    @ParameterizedTest(name = "trap 14: the cookie {0} comes back as {1}")
    @CsvSource({
        "a=1; Path=/, a=1; Path=/app/",
        "a=1; Path=/sub; Secure, a=1; Path=/app/sub; Secure",
        "a=1; Path=/apple, a=1; Path=/app/apple",
        "a=1, a=1",
        "a=1; Path=/app/, a=1; Path=/app/",
        "a=1; Path=/app, a=1; Path=/app"
    })
    void cookiesOfTheModuleStayWithIt(String cookie, String mapped) {
        app.answering(200, "Set-Cookie", cookie);
        publishApp();

        assertThat(get("/app/").header("set-cookie")).singleElement().asString().isEqualToIgnoringCase(mapped);
    }

    @Test
    @DisplayName("trap 14: several cookies stay several")
    void severalCookiesStaySeveral() {
        app.answering(200, "Set-Cookie", "a=1; Path=/", "b=2; Path=/");
        publishApp();

        assertThat(get("/app/").header("set-cookie")).hasSize(2);
    }

    @ParameterizedTest(name = "trap 25: the redirect to {0} inside the proxy is not obeyed and not shown")
    @ValueSource(strings = {"/other/secret", "/app/else", "/health"})
    void aModuleCannotMakeTheProxyServeSomethingElse(String target) {
        UpstreamServer other = upstream("other");
        writer.publish(route("other", other.address()), soon());
        app.answering(200, "X-Accel-Redirect", target);
        publishApp();

        Answer answer = get("/app/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("app");
        assertThat(answer.header("x-accel-redirect")).isEmpty();
        assertThat(other.requests()).isZero();
        assertThat(app.requests()).isEqualTo(1);
    }
}
