package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.ADDRESS_LIST;
import static io.a64.proxy.testkit.Capability.AUTH_REQUEST;
import static io.a64.proxy.testkit.Capability.BASIC_AUTH;
import static io.a64.proxy.testkit.Capability.CONNECTION_LIMIT;
import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static io.a64.proxy.testkit.Capability.RATE_LIMIT;
import static io.a64.proxy.testkit.Capability.RESPONSE_HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about headers that stand on answers, whoever gives them. */
abstract class RoutedSecurity extends RoutedAccess {

    private static final RouteOptions DRESSED = RouteOptions.builder()
            .responseHeaders(Map.of("Cache-Control", "no-store", "X-Shop", "a{b}; 'c' #d"))
            .maxBodyBytes(10)
            .build();

    @ParameterizedTest(name = "trap 26: security headers stand once on a {0} of a module that sends them itself")
    @ValueSource(ints = {200, 404, 500})
    void securityHeadersStandOnceOnEveryAnswerOfTheModule(int status) {
        app.answering(status, "X-Frame-Options", "SAMEORIGIN");
        app.answering(status, "X-Content-Type-Options", "nosniff");
        publishApp();

        assertSecured(get("/app/"), status);
    }

    @ParameterizedTest(name = "trap 26: security headers stand on a {0} of a module without any")
    @ValueSource(ints = {200, 404, 500})
    void securityHeadersStandOnAnswersOfAModuleWithoutAny(int status) {
        app.answering(status, "X-App", "1");
        publishApp();

        assertSecured(get("/app/"), status);
    }

    @Test
    @DisplayName("trap 27: no answer switches on the filter that browsers have removed")
    void noAnswerSwitchesOnTheOutdatedFilter() {
        publishApp();

        assertThat(get("/app/").header("x-xss-protection")).isSubsetOf("0");
        assertThat(get("/nowhere/").header("x-xss-protection")).isSubsetOf("0");
    }

    @Test
    @DisplayName("trap 26: security headers stand once on 502, 404, 308 and 413 of the proxy")
    void securityHeadersStandOnceOnAnswersOfTheProxy() {
        writer.publish(route("dead", deadUpstream()), soon());
        publishApp(DRESSED);

        assertSecured(get("/dead/"), 502);
        assertSecured(get("/nowhere/"), 404);
        assertSecured(get("/dead"), 308);
        assertSecured(RawHttp.send(base(), "POST", "/app/", "x".repeat(11)), 413);
    }

    @Test
    @Needs(ADDRESS_LIST)
    void securityHeadersStandOnARefusalByAddress() {
        publishApp(allowing("10.0.0.0/8"));

        assertSecured(get("/app/"), 403);
    }

    @Test
    @Needs(BASIC_AUTH)
    void securityHeadersStandOnTheQuestionForAPassword() {
        publishApp(WITH_PASSWORD);

        assertSecured(get("/app/"), 401);
    }

    @ParameterizedTest
    @Needs(AUTH_REQUEST)
    @ValueSource(ints = {401, 403, 500})
    void securityHeadersStandOnRefusalsOfAnotherModule(int status) {
        UpstreamServer login = upstream("login");
        login.answering(status, "X-Frame-Options", "SAMEORIGIN");
        writer.publish(route("login", login.address()), soon());
        publishApp(authorizedAt("/login/check"));

        assertSecured(get("/app/"), status);
    }

    @Test
    @Needs(RATE_LIMIT)
    void securityHeadersStandOnARefusalByRate() {
        publishApp(RouteOptions.builder().rateLimit(new RateLimit(1, 0)).build());
        get("/app/");

        assertSecured(get("/app/"), 429);
    }

    @Test
    @Needs(CONNECTION_LIMIT)
    void securityHeadersStandOnARefusalByConnections() {
        publishApp(RouteOptions.builder().connectionLimit(1).build());
        closing(RawHttp.begin(base(), "GET", "/app/held", ""));
        app.awaitRequests(1);

        assertSecured(get("/app/"), 429);
    }

    @Test
    @Needs(HOST_ROUTES)
    void securityHeadersStandOnAnswersOfAHost() throws IOException {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, app), soon());

        assertSecured(ask(match, "/"), 200);
        app.close();
        assertSecured(ask(match, "/"), 502);
    }

    @ParameterizedTest
    @Needs(RESPONSE_HEADERS)
    @ValueSource(ints = {200, 404, 500})
    void headersOfTheRouteReplaceThoseOfTheModule(int status) {
        app.answering(status, "Cache-Control", "public", "max-age=60");
        app.answering(status, "X-App", "kept");
        publishApp(DRESSED);

        assertDressed(get("/app/"), status);
        assertThat(get("/app/").header("x-app")).containsExactly("kept");
    }

    @Test
    @Needs(RESPONSE_HEADERS)
    void headersOfTheRouteStandOnAnswersOfTheProxyToo() {
        writer.publish(new Route("app", 1, new PathMatch("/app/"), List.of(deadUpstream()), DRESSED), soon());

        assertDressed(get("/app/"), 502);
        assertDressed(RawHttp.send(base(), "POST", "/app/", "x".repeat(11)), 413);
    }

    @Test
    @Needs({RESPONSE_HEADERS, HOST_ROUTES})
    void headersOfTheRouteStandOnAnswersOfAHost() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, DRESSED, app), soon());

        assertDressed(ask(match, "/"), 200);
    }

    private static void assertDressed(Answer answer, int status) {
        assertSecured(answer, status);
        assertThat(answer.header("cache-control")).containsExactly("no-store");
        assertThat(answer.header("x-shop")).containsExactly("a{b}; 'c' #d");
    }

    @Test
    @Needs(RESPONSE_HEADERS)
    void headersOfOneRouteDoNotStandOnAnswersOfAnother() {
        publishApp(DRESSED);
        writer.publish(route("blog", upstream("blog").address()), soon());
        assertDressed(get("/app/"), 200);

        assertThat(get("/blog/").header("x-shop")).isEmpty();
        assertThat(get("/nowhere/").header("x-shop")).isEmpty();
    }
}
