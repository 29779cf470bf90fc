package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.FailureKind;
import io.a64.proxy.HostMatch;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthRequestTest extends RouterTestBase {

    private static final RouteOptions ASKING = asking("/login/check");

    private static RouteOptions asking(String path) {
        return RouteOptions.builder()
                .access(new RouteAccess(Optional.of(path), Optional.empty(), List.of()))
                .build();
    }

    private static Backend saying(String... head) {
        return Backend.answering(lines(head) + "Content-Length: 0\r\n\r\n");
    }

    private static void assertOurs(String answer, int status) {
        assertThat(status(answer)).isEqualTo(status);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299})
    void aRequestThatTheOtherModuleAgreesToPasses(int status) throws IOException {
        module("login", saying("HTTP/1.1 " + status + " Fine"));
        module("app", Backend.answering(Backend.OK), ASKING);

        assertThat(get("/app/x")).startsWith("HTTP/1.1 200 ").endsWith("ok");
        assertThat(get("/app/health")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theQuestionIsAGetWithTheHeadersOfTheRequestAndNothingThatTheClientMadeUp() throws Exception {
        Backend login = module("login", saying("HTTP/1.1 200 Fine"));
        module("app", Backend.answering(Backend.OK), ASKING);

        raw(lines(
                        "POST /app/x?y HTTP/1.1",
                        "Host: example.org",
                        "Connection: close",
                        "Cookie: session=1",
                        "X-Forwarded-For: 6.6.6.6",
                        "X-Forwarded-Prefix: /fake",
                        "X-Original-URI: /fake",
                        "Upgrade: websocket",
                        "Content-Type: text/plain",
                        "Content-Length: 5",
                        "")
                + "hello");

        String head = login.nextHead();
        assertThat(requestLine(head)).isEqualTo("GET /check HTTP/1.1");
        assertThat(header(head, "Host")).containsExactly("example.org");
        assertThat(header(head, "Cookie")).containsExactly("session=1");
        assertThat(header(head, "X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(header(head, "X-Forwarded-Prefix")).containsExactly("/login");
        assertThat(header(head, "X-Original-URI")).containsExactly("/app/x?y");
        assertThat(header(head, "X-Original-Method")).containsExactly("POST");
        assertThat(header(head, "Content-Length")).isEmpty();
        assertThat(header(head, "Content-Type")).isEmpty();
        assertThat(header(head, "Upgrade")).isEmpty();
    }

    @Test
    void theBodyArrivesAtTheModuleAfterTheQuestion() throws IOException {
        module("login", saying("HTTP/1.1 200 Fine"));
        module(
                "app",
                Backend.behaving((head, in, socket) -> {
                    byte[] body = in.readNBytes(5);
                    socket.getOutputStream()
                            .write(lines("HTTP/1.1 200 OK", "Content-Length: 5", "")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                }),
                ASKING);

        String answer =
                raw(lines("POST /app/ HTTP/1.1", "Host: a", "Connection: close", "Content-Length: 5", "") + "hello");

        assertThat(answer).endsWith("hello");
    }

    @Test
    void aRefusalIsHandedOnWithItsChallengeAndNothingElse() throws IOException {
        module("login", saying("HTTP/1.1 401 No", "WWW-Authenticate: Bearer realm=\"x\"", "X-Other: 1"));
        Backend app = module("app", Backend.answering(Backend.OK), ASKING);

        String answer = get("/app/x");

        assertOurs(answer, 401);
        assertThat(header(answer, "WWW-Authenticate")).containsExactly("Bearer realm=\"x\"");
        assertThat(header(answer, "X-Other")).isEmpty();
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void aForbiddenOneIsHandedOnToo() throws IOException {
        module("login", saying("HTTP/1.1 403 No"));
        module("app", Backend.answering(Backend.OK), ASKING);

        assertOurs(get("/app/x"), 403);
        assertOurs(get("/app/health"), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"302 Found", "404 None", "500 Ill", "503 Busy"})
    void anyOtherAnswerIsAnError(String status) throws IOException {
        module("login", saying("HTTP/1.1 " + status, "Location: /login/"));
        Backend app = module("app", Backend.answering(Backend.OK), ASKING);

        String answer = get("/app/x");

        assertOurs(answer, 500);
        assertThat(header(answer, "Location")).isEmpty();
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void noAnswerIsAnErrorToo() throws IOException {
        Backend login = module("login", Backend.behaving((head, in, socket) -> {}));
        Backend app = module("app", Backend.answering(Backend.OK), ASKING);
        assertOurs(get("/app/x"), 500);

        login.close();

        assertOurs(get("/app/x"), 500);
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void aModuleThatDoesNotMakeUpItsMindIsGivenUpWithinItsOwnTimeOut() throws IOException {
        module("login", Backend.behaving((head, in, socket) -> in.read()));
        module("app", Backend.answering(Backend.OK), ASKING);

        assertOurs(get("/app/x"), 500);
    }

    @Test
    void aModuleThatIsRemovedLaterClosesTheRoute() throws IOException {
        module("login", saying("HTTP/1.1 200 Fine"));
        Backend app = module("app", Backend.answering(Backend.OK), ASKING);

        router.remove("login", soon());

        assertOurs(get("/app/x"), 500);
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void aHostMayBeAuthorizedByAPathRoute() throws Exception {
        int port = freePort();
        Backend login = module("login", saying("HTTP/1.1 401 No", "WWW-Authenticate: Bearer"));
        host("shop", HostMatch.of("shop.localhost", port), Backend.answering(Backend.OK), ASKING);

        assertOurs(getAt(port, "shop.localhost", "/x?y"), 401);
        assertThat(header(login.nextHead(), "X-Original-URI")).containsExactly("/x?y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login/check", "/login", "/app/check", "/none/"})
    void aPathThatNoOtherModuleServesIsAConflictThatNamesItAndChangesNothing(String path) throws IOException {
        module("app");
        module("logins");

        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> module("app", Backend.answering(Backend.OK), asking(path)))
                .matches(e -> e.kind() == FailureKind.CONFLICT)
                .withMessageContaining(path);
        assertThat(status(get("/app/"))).isEqualTo(200);
    }

    @Test
    void theAccessRulesOfTheModuleThatIsAskedDoNotHoldForTheQuestion() throws IOException {
        module("gate", saying("HTTP/1.1 403 No"));
        module("login", saying("HTTP/1.1 200 Fine"), asking("/gate/"));
        module("app", Backend.answering(Backend.OK), ASKING);

        assertThat(status(get("/login/"))).isEqualTo(403);
        assertThat(status(get("/app/"))).isEqualTo(200);
    }
}
