package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.HostMatch;
import io.a64.proxy.RouteOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of {@link RoutedTrafficContract} about a front end and a back end that share a host. */
abstract class RoutedPrefixes extends RoutedPaths {

    private UpstreamServer front;
    private UpstreamServer back;

    @BeforeEach
    void prepareAFrontEndAndABackEnd() {
        front = upstream("front");
        back = upstream("back");
    }

    private HostMatch publishStack() {
        HostMatch match = host("stack.localhost");
        writer.publish(route("front", match, front), soon());
        writer.publish(route("back", below(match, "/api/"), back), soon());
        return match;
    }

    private static HostMatch below(HostMatch match, String prefix) {
        return new HostMatch(match.host(), match.port(), prefix);
    }

    @ParameterizedTest
    @Needs(HOST_ROUTES)
    @CsvSource({
        "/, front",
        "/index.html?x=/api/, front",
        "/apix, front",
        "/API/x, front",
        "/x/api/, front",
        "/api/, back",
        "/api/users?id=1, back",
        "/api/health, back"
    })
    void theBackEndGetsWhatIsBelowItsPrefixAndSeesIt(String target, String module) {
        HostMatch match = publishStack();

        assertThat(ask(match, target).body()).contains(module);
        assertThat((module.equals("back") ? back : front).last().target()).isEqualTo(target);
    }

    @Test
    @Needs(HOST_ROUTES)
    void theLongestPrefixOfAHostIsServed() {
        HostMatch match = publishStack();
        writer.publish(route("next", below(match, "/api/v2/"), upstream("next")), soon());

        assertThat(ask(match, "/api/v2/x").body()).contains("next");
        assertThat(ask(match, "/api/v20/x").body()).contains("back");
        assertThat(ask(match, "/other").body()).contains("front");
    }

    @ParameterizedTest
    @Needs(HOST_ROUTES)
    @CsvSource({"/api/../x, back", "/api/%2e%2e/x, back", "/x/../api/y, front", "//api/y, front", "/%61pi/y, front"})
    void noFormOfAPathLeadsPastTheModuleThatItMeans(String target, String missed) {
        HostMatch match = publishStack();

        // Whether the proxy forwards such a form as it came, normalised, or refuses it, is its own affair.
        assertThat(ask(match, target).body()).doesNotContain(missed);
        assertThat((missed.equals("back") ? back : front).requests()).isZero();
    }

    @Test
    @Needs(HOST_ROUTES)
    void aBackEndThatIsRemovedLeavesItsPrefixToTheFrontEnd() {
        HostMatch match = publishStack();

        writer.remove("back", soon());

        assertThat(ask(match, "/api/users").body()).contains("front");
    }

    @Test
    @Needs({HOST_ROUTES, Capability.RAW_PATH})
    void aHostWithRawPathsPassesThemByteForByte() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, RouteOptions.builder().rawPath(true).build(), app), soon());

        assertThat(ask(match, "/a%2Fb//c%20d?x=%2F//").status()).isEqualTo(200);
        assertThat(app.last().target()).isEqualTo("/a%2Fb//c%20d?x=%2F//");
    }
}
