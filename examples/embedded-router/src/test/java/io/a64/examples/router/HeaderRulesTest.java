package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderRulesTest extends RouterTestBase {

    @Test
    void whatTheClientClaimsAboutItselfIsReplaced() throws Exception {
        Backend app = module("app");

        get(
                "/app/",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil",
                "X-Forwarded-Port: 1",
                "X-Forwarded-Prefix: /evil",
                "X-Real-IP: 6.6.6.6");

        String head = app.nextHead();
        assertThat(header(head, "X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(header(head, "X-Forwarded-Proto")).containsExactly("http");
        assertThat(header(head, "X-Forwarded-Host")).containsExactly("example.org");
        assertThat(header(head, "X-Forwarded-Port"))
                .containsExactly(String.valueOf(router.baseUri().getPort()));
        assertThat(header(head, "X-Forwarded-Prefix")).containsExactly("/app");
        assertThat(header(head, "X-Real-IP")).containsExactly("127.0.0.1");
    }

    @Test
    void headersThatMisleadModulesAreRemoved() throws Exception {
        Backend app = module("app");

        get(
                "/app/",
                "Forwarded: for=6.6.6.6",
                "Proxy: evil",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA");

        String head = app.nextHead().toLowerCase(Locale.ROOT);
        assertThat(head).doesNotContain("forwarded: for", "proxy: evil", "upgrade", "h2c", "http2-settings");
    }

    @Test
    void anOrdinaryHeaderPasses() throws Exception {
        Backend app = module("app");

        get("/app/", "Authorization: Bearer x", "Cookie: a=b; c=d", "X-Own: 1", "X-Own: 2");

        String head = app.nextHead();
        assertThat(header(head, "Authorization")).containsExactly("Bearer x");
        assertThat(header(head, "Cookie")).containsExactly("a=b; c=d");
        assertThat(header(head, "X-Own")).containsExactly("1", "2");
        assertThat(header(head, "Host")).containsExactly("example.org:81");
    }

    @Test
    void aHostHeaderThatContradictsTheRequestLineIsRefused() throws IOException {
        Backend app = module("app");

        String answer =
                raw(lines("GET http://real.example/app/x HTTP/1.1", "Host: evil.example", "Connection: close", ""));

        assertThat(status(answer)).isEqualTo(400);
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void aRequestOfTwoLengthsIsRefused() throws IOException {
        Backend app = module("app");

        String answer = raw(lines(
                "POST /app/ HTTP/1.1",
                "Host: a",
                "Connection: close",
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "",
                "0",
                ""));

        assertThat(status(answer)).isEqualTo(400);
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void securityHeadersStandOnceOnTheModulesAnswer() throws IOException {
        module("app");

        String answer = get("/app/");

        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @Test
    void theModulesOwnSecurityHeaderIsKept() throws IOException {
        module(
                "app",
                Backend.answering(lines(
                        "HTTP/1.1 200 OK",
                        "X-Frame-Options: DENY",
                        "X-Content-Type-Options: nosniff",
                        "x-content-type-options: nosniff",
                        "Content-Length: 0",
                        "")));

        String answer = get("/app/");

        assertThat(header(answer, "X-Frame-Options")).containsExactly("DENY");
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "/login                       , /app/login",
                "/                            , /app/",
                "login                        , login",
                "http://example.org/login     , /app/login",
                "https://example.org:81/login , /app/login",
                "http://example.org           , /app/",
                "//evil/x                     , //evil/x",
                "https://ext/                 , https://ext/",
                "/app/login                   , /app/login",
                "/app?x                       , /app?x",
                "/app-2/x                     , /app/app-2/x",
            })
    void redirectsOfTheModuleAreMappedBack(String location, String mapped) throws IOException {
        module(
                "app",
                Backend.answering("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));

        assertThat(header(get("/app/"), "Location")).containsExactly(mapped);
    }

    @Test
    void cookiePathsOfTheModuleAreMappedBack() throws IOException {
        module(
                "app",
                Backend.answering(lines(
                        "HTTP/1.1 200 OK",
                        "Set-Cookie: a=1; Path=/; HttpOnly",
                        "Set-Cookie: b=2; path=/sub",
                        "Set-Cookie: c=3",
                        "Set-Cookie: d=4; Path=/app/",
                        "Content-Length: 0",
                        "")));

        assertThat(header(get("/app/"), "Set-Cookie"))
                .containsExactly("a=1; Path=/app/; HttpOnly", "b=2; path=/app/sub", "c=3", "d=4; Path=/app/");
    }
}
