package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.ADDRESS_LIST;
import static io.a64.proxy.testkit.Capability.BASIC_AUTH;
import static io.a64.proxy.testkit.Capability.HOST_ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.proxy.BasicAuth;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about who may use a route: by address, by password. */
abstract class RoutedAccess extends RoutedAuthorization {

    static final RouteOptions WITH_PASSWORD = guarded(new RouteAccess(
            Optional.empty(),
            Optional.of(new BasicAuth("The-Shop", Map.of("alice", ALICE, "bob@example.org", BOB))),
            List.of()));

    static String credentials(String userAndPassword) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @Needs(ADDRESS_LIST)
    @ValueSource(strings = {"127.0.0.0/8", "127.0.0.1", "0.0.0.0/0"})
    void aClientOnTheListMayAsk(String range) {
        publishApp(allowing("10.0.0.0/8", range));

        assertThat(get("/app/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @Needs(ADDRESS_LIST)
    @ValueSource(strings = {"/app/", "/app/health", "/app/a/b?x=1"})
    void aClientThatIsNotOnTheListMayNot(String target) {
        publishApp(allowing("10.0.0.0/8", "127.0.0.2", "::/0"));

        assertThat(get(target).status()).isEqualTo(403);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(ADDRESS_LIST)
    void noHeaderPutsAClientOnTheList() {
        publishApp(allowing("10.0.0.0/8"));

        assertThat(get("/app/", "X-Forwarded-For: 10.0.0.1", "X-Real-IP: 10.0.0.1", "Forwarded: for=10.0.0.1")
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Needs(ADDRESS_LIST)
    void aRouteIsProvenAlsoIfTheProofIsRefused() {
        publishApp(allowing("10.0.0.0/8"));

        assertThatCode(() -> writer.prove(route("app", new PathMatch("/app/"), allowing("10.0.0.0/8"), app), soon()))
                .doesNotThrowAnyException();
    }

    @Test
    @Needs({ADDRESS_LIST, HOST_ROUTES})
    void aHostHasAListToo() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, allowing("10.0.0.0/8"), app), soon());

        assertThat(ask(match, "/").status()).isEqualTo(403);
        assertThat(ask(match, "/health").status()).as("the proxy's own health").isEqualTo(200);
        assertThat(app.requests()).isZero();
    }

    @ParameterizedTest
    @Needs(BASIC_AUTH)
    @ValueSource(strings = {"alice:wonderland", "bob@example.org:looking-glass"})
    void whoeverNamesHisPasswordMayAsk(String userAndPassword) {
        publishApp(WITH_PASSWORD);

        assertThat(get("/app/", credentials(userAndPassword)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @Needs(BASIC_AUTH)
    @ValueSource(strings = {"alice:looking-glass", "alice:", "alice", "nobody:wonderland", ":", "Alice:wonderland", ""})
    void whoeverDoesNotIsAskedForIt(String userAndPassword) {
        publishApp(WITH_PASSWORD);

        Answer answer = get("/app/", credentials(userAndPassword));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate"))
                .singleElement()
                .asString()
                .startsWithIgnoringCase("basic ")
                .contains("realm=\"The-Shop\"");
        assertThat(app.requests()).isZero();
    }

    @ParameterizedTest
    @Needs(BASIC_AUTH)
    @CsvSource({"/app/", "/app/health"})
    void nothingIsServedWithoutAPassword(String target) {
        publishApp(WITH_PASSWORD);

        assertThat(get(target).status()).isEqualTo(401);
        assertThat(get(target, "Authorization: Bearer wonderland").status()).isEqualTo(401);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs({BASIC_AUTH, HOST_ROUTES})
    void aHostHasPasswordsToo() {
        HostMatch match = host("app.localhost");
        writer.publish(route("app", match, WITH_PASSWORD, app), soon());

        assertThat(ask(match, "/").status()).isEqualTo(401);
        assertThat(ask(match, "/", credentials("alice:wonderland")).status()).isEqualTo(200);
    }

    @Test
    @Needs({BASIC_AUTH, ADDRESS_LIST})
    void allThatIsDemandedMustBeMet() {
        RouteAccess both = new RouteAccess(
                Optional.empty(),
                WITH_PASSWORD.access().basicAuth(),
                allowing("10.0.0.0/8").access().allowedAddresses());
        publishApp(guarded(both));

        assertThat(get("/app/", credentials("alice:wonderland")).status()).isEqualTo(403);
        assertThat(app.requests()).isZero();
    }

    @Test
    @Needs(BASIC_AUTH)
    void aRuleThatIsDroppedDoesNotLinger() {
        publishApp(WITH_PASSWORD);
        assertThat(get("/app/").status()).isEqualTo(401);

        publishApp();

        assertThat(get("/app/").status()).isEqualTo(200);
    }
}
