package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.testkit.RawHttp.Answer;
import io.a64.proxy.testkit.UpstreamServer.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about hosts on public ports. */
abstract class RoutedHosts extends RoutedPrefixes {

    @ParameterizedTest
    @Needs(HOST_ROUTES)
    @ValueSource(strings = {"/", "/a/b?x=1&y=%2F", "/a%20b", "/%C3%A9", "/healthcare", "/health/ready", "/?q"})
    void theModuleOfAHostSeesTheWholePath(String target) {
        HostMatch match = publishAppAsHost();

        assertThat(ask(match, target).status()).isEqualTo(200);
        assertThat(app.last().target()).isEqualTo(target);
    }

    private HostMatch publishAppAsHost() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, app), soon());
        return match;
    }

    @ParameterizedTest(name = "trap 23: the unknown host {0} gets 421, never the first module")
    @Needs(HOST_ROUTES)
    @ValueSource(
            strings = {"evil", "localhost", "127.0.0.1", "app.localhost.evil", "xapp.localhost", "x.app.localhost"})
    void anUnknownHostIsRefused(String host) {
        HostMatch match = publishAppAsHost();

        Answer answer = askAs(host, match, "/");

        assertSecured(answer, 421);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(HOST_ROUTES)
    @DisplayName("trap 23: the host of the request line counts, and the module sees it in place of the header; or 400")
    void theHostOfTheRequestLineCounts() {
        HostMatch match = publishAppAsHost();
        UpstreamServer blog = upstream("blog");
        writer.publish(route("blog", HostMatch.of("blog.localhost", match.port()), blog), soon());

        Answer answer = askAs("blog.localhost", match, "http://app.localhost:" + match.port() + "/x");

        assertThat(blog.requests()).isZero();
        assertThat(answer).satisfiesAnyOf(this::isRefusedAsContradiction, served -> {
            assertThat(served.body()).contains("app");
            assertThat(app.last().target()).isEqualTo("/x");
            assertThat(app.last().header("host").get(0)).isIn("app.localhost", "app.localhost:" + match.port());
        });
    }

    /** RFC 9112, 3.2.2 wants the header ignored; a proxy that refuses such requests altogether does no harm either. */
    private void isRefusedAsContradiction(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(app.requests()).isZero();
    }

    @Test
    @DisplayName("trap 23: a path route too sees the host of the request line in place of the header; or 400")
    void aPathRouteSeesTheHostOfTheRequestLine() {
        publishApp();

        Answer answer = get("http://t.example/app/x", "Host: evil");

        assertThat(answer).satisfiesAnyOf(this::isRefusedAsContradiction, served -> {
            assertThat(served.status()).isEqualTo(200);
            assertThat(app.last().target()).isEqualTo("/x");
            assertThat(app.last().header("host").get(0)).startsWith("t.example");
            assertThat(app.last().header("x-forwarded-host")).containsExactly("t.example");
        });
    }

    @Test
    @Needs(HOST_ROUTES)
    void theCaseOfAHostDoesNotMatter() {
        HostMatch match = publishAppAsHost();

        assertThat(askAs("App.LOCALHOST", match, "/").body()).contains("app");
    }

    @ParameterizedTest
    @Needs(HOST_ROUTES)
    @ValueSource(strings = {"app.localhost", "evil", "127.0.0.1"})
    void theProxyAnswersForTheHealthOfAPublicPortWhateverTheHost(String host) {
        HostMatch match = publishAppAsHost();
        app.answering(500, "X-App", "1");

        assertSecured(askAs(host, match, "/health"), 200);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(HOST_ROUTES)
    void whatIsForwardedNamesTheHostAndThePublicPort() {
        HostMatch match = publishAppAsHost();

        ask(match, "/", FORGED);

        Seen seen = app.last();
        assertForwarded(seen, "app.localhost", match.port());
        assertThat(seen.header("x-forwarded-prefix")).isEmpty();
    }

    @Test
    @Needs(HOST_ROUTES)
    void redirectsAndCookiesOfAHostAreLeftAlone() {
        app.answering(302, "Location", "/login");
        app.answering(302, "Set-Cookie", "a=1; Path=/");

        Answer answer = ask(publishAppAsHost(), "/x");

        assertThat(answer.header("location")).containsExactly("/login");
        assertThat(answer.header("set-cookie")).containsExactly("a=1; Path=/");
    }

    @Test
    @Needs(HOST_ROUTES)
    void everyHostOfAPortAndEveryPortOfAHostHasItsOwnModule() {
        HostMatch match = publishAppAsHost();
        HostMatch sibling = HostMatch.of("blog.localhost", match.port());
        HostMatch twin = host("app.localhost");
        writer.publish(route("blog", sibling, upstream("blog")), soon());
        writer.publish(route("twin", twin, upstream("twin")), soon());

        assertThat(ask(match, "/").body()).contains("app");
        assertThat(ask(sibling, "/").body()).contains("blog");
        assertThat(ask(twin, "/").body()).contains("twin");
        assertThat(askAs("blog.localhost", twin, "/").status()).isEqualTo(421);
    }

    @Test
    @Needs(HOST_ROUTES)
    void hostsAndPathsDoNotMix() {
        HostMatch match = host("host.localhost");
        writer.publish(route("host", match, upstream("host")), soon());
        publishApp();

        assertThat(ask(match, "/app/x").body()).contains("host");
        assertThat(get("/app/x", "Host: host.localhost").body()).contains("app");
        assertThat(get("/x", "Host: host.localhost").status()).isEqualTo(404);
    }

    @Test
    @Needs(HOST_ROUTES)
    void aRemovedHostIsUnknownAndItsSiblingIsServed() {
        HostMatch match = publishAppAsHost();
        HostMatch sibling = HostMatch.of("blog.localhost", match.port());
        writer.publish(route("blog", sibling, upstream("blog")), soon());

        writer.remove("app", soon());

        assertThat(ask(match, "/").status()).isEqualTo(421);
        assertThat(ask(sibling, "/").body()).contains("blog");
    }

    @Test
    @Needs(HOST_ROUTES)
    void aModuleThatMovesFromItsPathToAHostLeavesThePath() {
        publishApp();

        HostMatch match = publishAppAsHost();

        assertThat(ask(match, "/").body()).contains("app");
        assertThat(get("/app/").status()).isEqualTo(404);
    }

    @Test
    @Needs(HOST_ROUTES)
    void aHostIsProvenThroughItsPrefix() {
        HostMatch match = new HostMatch("app.localhost", publicPort(), "/api/");
        writer.publish(route("app", match, app), soon());

        assertThatCode(() -> writer.prove(route("app", match, app), soon())).doesNotThrowAnyException();

        assertThat(app.last().target()).isEqualTo("/api/");
    }

    @Test
    @Needs(HOST_ROUTES)
    void aHostWhoseModuleIsDeadIsNotProven() throws IOException {
        HostMatch match = publishAppAsHost();
        app.close();

        assertThat(failure(() -> writer.prove(route("app", match, app), soon())))
                .isNotNull();
    }

    @Test
    @Needs(HOST_ROUTES)
    @DisplayName("trap 30: a public port that another program holds is refused, and the old routes are served")
    void aPortThatAnotherProgramHoldsIsRefused() throws IOException {
        publishApp();
        HostMatch match = host("blog.localhost");
        try (ServerSocket other = new ServerSocket(match.port(), 1, InetAddress.getByName(base().getHost()))) {
            assertThat(other.isBound()).isTrue();

            assertThat(failure(() -> writer.publish(route("blog", match, upstream("blog")), soon()))
                            .kind())
                    .isIn(FailureKind.UNAVAILABLE, FailureKind.CONFLICT);
        }

        assertThat(writer.routes(soon())).containsExactly(route("app", new PathMatch("/app/"), app));
        assertThat(get("/app/").body()).contains("app");
    }
}
