package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.a64.proxy.AddressRange;
import io.a64.proxy.BasicAuth;
import io.a64.proxy.RateLimit;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest extends RouterTestBase {

    /** What {@code openssl passwd -5} prints for the password "secret". */
    private static final BasicAuth AMY =
            new BasicAuth("area-51", Map.of("amy", "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA"));

    private static RouteOptions allowing(String... ranges) {
        return options(new RouteAccess(
                Optional.empty(),
                Optional.empty(),
                Arrays.stream(ranges).map(AddressRange::parse).toList()));
    }

    private static RouteOptions withPassword() {
        return options(new RouteAccess(Optional.empty(), Optional.of(AMY), List.of()));
    }

    private static RouteOptions options(RouteAccess access) {
        return RouteOptions.builder().access(access).build();
    }

    private static String authorization(String userAndPassword) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String answer, int status) {
        assertThat(status(answer)).isEqualTo(status);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @Test
    void addressesThatAreNotAllowedAreForbiddenAlsoForHealth() throws IOException {
        Backend app = module("app", Backend.answering(Backend.OK), allowing("10.0.0.0/8", "::1"));

        assertRefused(get("/app/"), 403);
        assertRefused(get("/app/health"), 403);
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void allowedAddressesPass() throws IOException {
        module("app", Backend.answering(Backend.OK), allowing("10.0.0.0/8", "127.0.0.0/8"));

        assertThat(status(get("/app/"))).isEqualTo(200);
    }

    @Test
    void theRightPasswordPassesAgainAndAgain() throws Exception {
        Backend app = module("app", Backend.answering(Backend.OK), withPassword());

        for (int i = 0; i < 5; i++) {
            assertThat(status(get("/app/", authorization("amy:secret")))).isEqualTo(200);
        }

        assertThat(header(app.nextHead(), "Authorization")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amy:wrong", "bob:secret", "amy", "", ":", "amy:secret2"})
    void aWrongPasswordIsAskedForWithTheRealm(String given) throws IOException {
        Backend app = module("app", Backend.answering(Backend.OK), withPassword());

        String answer = get("/app/", authorization(given));

        assertRefused(answer, 401);
        assertThat(header(answer, "WWW-Authenticate")).containsExactly("Basic realm=\"area-51\"");
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-None: 1", "Authorization: Bearer x", "Authorization: Basic !!!", "Authorization: Basic"})
    void whoNamesNoPasswordIsAskedForIt(String header) throws IOException {
        module("app", Backend.answering(Backend.OK), withPassword());

        assertRefused(get("/app/", header), 401);
        assertRefused(get("/app/health", header), 401);
    }

    @Test
    void aBodyArrivesAfterItsPasswordWasChecked() throws Exception {
        module(
                "app",
                Backend.behaving((head, in, socket) -> {
                    byte[] body = in.readNBytes(5);
                    socket.getOutputStream()
                            .write(lines("HTTP/1.1 200 OK", "Content-Length: 5", "")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                }),
                withPassword());

        String answer = raw(lines(
                        "POST /app/ HTTP/1.1",
                        "Host: a",
                        "Connection: close",
                        authorization("amy:secret"),
                        "Content-Length: 5",
                        "")
                + "hello");

        assertThat(answer).endsWith("hello");
    }

    @Test
    void guessingPasswordsIsLimitedByTheRate() throws IOException {
        module(
                "app",
                Backend.answering(Backend.OK),
                withPassword().toBuilder().rateLimit(new RateLimit(1, 1)).build());
        get("/app/", authorization("amy:a"));
        get("/app/", authorization("amy:b"));

        assertRefused(get("/app/", authorization("amy:c")), 429);
    }

    @Test
    void whatIsDemandedMustBeMetAltogether() throws IOException {
        RouteAccess both =
                new RouteAccess(Optional.empty(), Optional.of(AMY), List.of(AddressRange.parse("10.0.0.0/8")));
        module("app", Backend.answering(Backend.OK), options(both));

        assertRefused(get("/app/", authorization("amy:secret")), 403);
    }

    @Test
    void aRouteWhoseAccessIsRefusedIsProvenAllTheSame() {
        module("app", Backend.answering(Backend.OK), withPassword());
        module("closed", Backend.answering(Backend.OK), allowing("10.0.0.0/8"));

        assertThatCode(() -> router.routes(soon()).forEach(route -> router.prove(route, soon())))
                .doesNotThrowAnyException();
    }

    @Test
    void headersOfTheRouteReplaceTheModulesAndStandOnRefusalsToo() throws IOException {
        RouteOptions options = withPassword().toBuilder()
                .responseHeaders(Map.of("Cache-Control", "no-store", "X-Team", "blue"))
                .build();
        module(
                "app",
                Backend.answering(lines(
                        "HTTP/1.1 200 OK",
                        "cache-control: public",
                        "Cache-Control: max-age=9",
                        "Content-Length: 0",
                        "")),
                options);

        for (String answer : List.of(get("/app/", authorization("amy:secret")), get("/app/"))) {
            assertThat(header(answer, "Cache-Control")).containsExactly("no-store");
            assertThat(header(answer, "X-Team")).containsExactly("blue");
            assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
        }
    }

    @Test
    void ordersToNginxStayWithinTheProxy() throws IOException {
        module(
                "app",
                Backend.answering(lines(
                        "HTTP/1.1 200 OK",
                        "X-Accel-Redirect: /secret",
                        "X-Accel-Buffering: no",
                        "Content-Length: 0",
                        "")));

        assertThat(get("/app/")).startsWith("HTTP/1.1 200 ").doesNotContain("X-Accel");
    }
}
