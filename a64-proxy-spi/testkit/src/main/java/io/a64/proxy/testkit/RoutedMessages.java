package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.spi.RouteWriter;
import io.a64.proxy.testkit.RawHttp.Answer;
import io.a64.proxy.testkit.UpstreamServer.Seen;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about headers and bodies, on the way to the module and back. */
abstract class RoutedMessages extends RouteWriterContract {

    RouteWriter writer;
    UpstreamServer app;

    @BeforeEach
    void prepareAnApplication() {
        writer = writer();
        app = upstream("app");
    }

    final URI base() {
        return writer.baseUri();
    }

    final void publishApp() {
        writer.publish(route("app", app.address()), soon());
    }

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
    void forwardedHeadersCannotBeSpoofed() {
        publishApp();

        RawHttp.get(
                base(),
                "/app/",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: gopher",
                "X-Forwarded-Host: evil",
                "X-Forwarded-Port: 666",
                "X-Forwarded-Prefix: /evil",
                "X-Real-IP: 6.6.6.6",
                "Forwarded: for=6.6.6.6",
                "Proxy: http://evil");

        Seen seen = app.last();
        assertThat(seen.header("x-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(seen.header("x-real-ip")).containsExactly("127.0.0.1");
        assertThat(seen.header("x-forwarded-proto")).containsExactly("http");
        assertThat(seen.header("x-forwarded-host")).containsExactly(base().getHost());
        assertThat(seen.header("x-forwarded-port")).containsExactly(Integer.toString(base().getPort()));
        assertThat(seen.header("x-forwarded-prefix")).containsExactly("/app");
        assertThat(seen.header("forwarded")).isEmpty();
        assertThat(seen.header("proxy")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500})
    void securityHeadersStandOnceOnEveryAnswerOfTheModule(int status) {
        app.answering(status, "X-Frame-Options", "SAMEORIGIN");
        app.answering(status, "X-Content-Type-Options", "nosniff");
        publishApp();

        assertSecured(RawHttp.get(base(), "/app/"), status);
    }

    @Test
    void securityHeadersStandOnAnswersOfAModuleWithoutAny() {
        publishApp();

        assertSecured(RawHttp.get(base(), "/app/"), 200);
    }

    @Test
    void securityHeadersStandOnceOnAnswersOfTheProxy() {
        writer.publish(route("dead", deadUpstream()), soon());

        assertSecured(RawHttp.get(base(), "/dead/"), 502);
        assertSecured(RawHttp.get(base(), "/nowhere/"), 404);
        assertSecured(RawHttp.get(base(), "/dead"), 308);
    }

    private static void assertSecured(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("x-content-type-options")).containsExactly("nosniff");
        assertThat(answer.header("x-frame-options")).containsExactly("SAMEORIGIN");
        assertThat(answer.header("x-xss-protection")).isEmpty();
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAndOneWithinItPasses() {
        RouteOptions small = RouteOptions.builder().maxBodyBytes(1000).build();
        writer.publish(Route.onPath("app", 1, "/app/", List.of(app.address()), small), soon());

        assertThat(RawHttp.send(base(), "POST", "/app/", "x".repeat(1001)).status())
                .isEqualTo(413);
        assertThat(RawHttp.send(base(), "POST", "/app/", "x".repeat(1000)).status())
                .isEqualTo(200);
        assertThat(app.last().body()).hasSize(1000);
    }

    @Test
    void theLimitHoldsForBodiesOfUndeclaredLength() {
        RouteOptions small = RouteOptions.builder().maxBodyBytes(1000).build();
        writer.publish(Route.onPath("app", 1, "/app/", List.of(app.address()), small), soon());

        assertThat(RawHttp.send(base(), "POST", "/app/", chunk(1001), RawHttp.CHUNKED)
                        .status())
                .isEqualTo(413);
        assertThat(RawHttp.send(base(), "POST", "/app/", chunk(1000), RawHttp.CHUNKED)
                        .status())
                .isEqualTo(200);
        assertThat(app.last().body()).hasSize(1000);
    }

    private static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n0\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "/login, /app/login",
        "/, /app/",
        "login, login",
        "//evil/x, //evil/x",
        "https://ext.example/, https://ext.example/",
        "/app/login, /app/login"
    })
    void redirectsOfTheModuleLeadBackToIt(String location, String mapped) {
        app.answering(302, "Location", location);
        publishApp();

        assertThat(RawHttp.get(base(), "/app/").header("location")).containsExactly(mapped);
    }

    @ParameterizedTest
    @CsvSource({
        "a=1; Path=/, a=1; Path=/app/",
        "a=1; Path=/sub, a=1; Path=/app/sub",
        "a=1, a=1",
        "a=1; Path=/app/, a=1; Path=/app/"
    })
    void cookiesOfTheModuleStayWithIt(String cookie, String mapped) {
        app.answering(200, "Set-Cookie", cookie);
        publishApp();

        assertThat(RawHttp.get(base(), "/app/").header("set-cookie"))
                .singleElement()
                .asString()
                .isEqualToIgnoringCase(mapped);
    }

    @Test
    void anotherUpgradeThanWebsocketIsNotPassedOn() {
        publishApp();

        RawHttp.get(base(), "/app/", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");

        assertThat(app.last().header("upgrade")).isEmpty();
        assertThat(app.last().header("http2-settings")).isEmpty();
    }
}
