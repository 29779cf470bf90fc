package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.AUTH_REQUEST;
import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.HostMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import io.a64.proxy.testkit.UpstreamServer.Seen;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about asking another module whether a request may pass. */
abstract class RoutedAuthorization extends RoutedLimits {

    private static final RouteOptions AUTHORIZED = authorizedAt("/login/check");

    private UpstreamServer login;

    @BeforeEach
    void prepareALogin() {
        login = upstream("login");
    }

    private void publishBoth() {
        writer.publish(route("login", login.address()), soon());
        publishApp(AUTHORIZED);
    }

    @ParameterizedTest
    @Needs(AUTH_REQUEST)
    @ValueSource(ints = {200, 204, 299})
    void whatTheOtherModuleAllowsPasses(int status) {
        login.answering(status, "X-Login", "1");
        publishBoth();

        Answer answer = get("/app/a?x=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("app");
        assertThat(app.last().target()).isEqualTo("/a?x=1");
        assertThat(login.last().target()).isEqualTo("/check");
    }

    @Test
    @Needs(AUTH_REQUEST)
    void theOtherModuleSeesWhoAsksButNotTheBody() {
        publishBoth();

        RawHttp.send(base(), "POST", "/app/", "body", "Cookie: session=1", "Authorization: Bearer token");

        Seen question = login.last();
        assertThat(question.header("cookie")).containsExactly("session=1");
        assertThat(question.header("authorization")).containsExactly("Bearer token");
        assertThat(question.method()).isEqualTo("GET");
        assertThat(question.body()).isEmpty();
        assertThat(app.last().body()).isEqualTo("body");
    }

    @ParameterizedTest
    @Needs(AUTH_REQUEST)
    @ValueSource(ints = {401, 403})
    void itsRefusalIsHandedToTheClient(int status) {
        login.answering(status, "WWW-Authenticate", "Bearer realm=\"login\"");
        publishBoth();

        Answer answer = get("/app/");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(AUTH_REQUEST)
    void itTellsTheClientHowToLogIn() {
        login.answering(401, "WWW-Authenticate", "Bearer realm=\"login\"");
        publishBoth();

        assertThat(get("/app/").header("www-authenticate")).containsExactly("Bearer realm=\"login\"");
    }

    @ParameterizedTest
    @Needs(AUTH_REQUEST)
    @ValueSource(ints = {302, 400, 404, 429, 500, 503})
    void anyOtherAnswerClosesTheRoute(int status) {
        login.answering(status, "Location", "/login/form");
        publishBoth();

        assertThat(get("/app/").status()).isEqualTo(500);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(AUTH_REQUEST)
    void aDeadModuleClosesTheRoutesThatAskIt() throws IOException {
        publishBoth();
        login.close();

        assertThat(get("/app/").status()).isEqualTo(500);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(AUTH_REQUEST)
    void aRemovedModuleClosesTheRoutesThatAskIt() {
        publishBoth();

        writer.remove("login", soon());

        assertThat(get("/app/").status()).isEqualTo(500);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(AUTH_REQUEST)
    void theHealthPathAsksToo() {
        login.answering(403, "X-Login", "1");
        publishBoth();

        assertThat(get("/app/health").status()).isEqualTo(403);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(AUTH_REQUEST)
    void webSocketsAskToo() {
        login.answering(403, "X-Login", "1");
        publishBoth();

        assertThat(get("/app/", WebSocketClient.HANDSHAKE).status()).isEqualTo(403);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs({AUTH_REQUEST, HOST_ROUTES})
    void aHostAsksAModuleOfAPath() {
        HostMatch match = host("app.localhost");
        writer.publish(route("login", login.address()), soon());
        writer.publish(route("app", match, AUTHORIZED, app), soon());

        assertThat(ask(match, "/x").body()).contains("app");
        login.answering(403, "X-Login", "1");
        assertThat(ask(match, "/x").status()).isEqualTo(403);
        assertThat(app.requests()).isEqualTo(1);
    }
}
