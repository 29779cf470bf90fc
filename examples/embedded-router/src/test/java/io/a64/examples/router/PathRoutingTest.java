package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathRoutingTest extends RouterTestBase {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/app/a/b?x=1&y=2          | /a/b?x=1&y=2",
                "/app/                     | /",
                "/app/?q=%2F%20+           | /?q=%2F%20+",
                "/app/a%20b                | /a%20b",
                "/app/%C3%A9               | /%C3%A9",
                "/app/%25                  | /%25",
                "/app/%3F%23               | /%3F%23",
                "/app/a%2Fb                | /a/b",
                "/app//x//y                | /x/y",
                "/app/./a/../b             | /b",
                "/app/a/..                 | /",
                "/app/a/.                  | /a/",
                "/z/../app/x               | /x",
                "//app/x                   | /x",
                "/%61pp/x                  | /x",
                "/app/a;v=1/b;w=2?c;d      | /a;v=1/b;w=2?c;d",
                "/app/x+y                  | /x+y",
                "/app/..;/x                | /..;/x",
                "/app/?redirect=http://e/  | /?redirect=http://e/",
                "/app/%5c%5C               | /%5C%5C",
                "http://example.org/app/x  | /x",
                "/app/health               | /health",
                "/app/healthcare           | /healthcare",
                "/app/health/ready         | /health/ready",
            })
    void thePrefixIsStrippedAndTheRestArrives(String target, String arrives) throws Exception {
        Backend app = module("app");

        assertThat(status(get(target))).isEqualTo(200);

        if (arrives != null) {
            assertThat(requestLine(app.nextHead())).isEqualTo("GET " + arrives + " HTTP/1.1");
        }
    }

    @Test
    void aQueryWithCharactersThatBrowsersDoNotEncodeArrivesAsItIs() throws Exception {
        Backend app = module("app");

        get("/app/a?b={c}|[d]^`\"e\"");

        assertThat(requestLine(app.nextHead())).isEqualTo("GET /a?b={c}|[d]^`\"e\" HTTP/1.1");
    }

    @Test
    void bytesBeyondAsciiArriveEncodedInThePathAndAsTheyAreInTheQuery() throws Exception {
        Backend app = module("app");
        String raw = new String("é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        get("/app/" + raw + "?" + raw);

        assertThat(requestLine(app.nextHead())).isEqualTo("GET /%C3%A9?" + raw + " HTTP/1.1");
    }

    @Test
    void encodedLineBreaksNeverBecomeHeaders() throws Exception {
        Backend app = module("app");

        get("/app/x%20HTTP/1.1%0d%0aX-Evil:%201%0d%0aZ:");

        String head = app.nextHead();
        assertThat(requestLine(head)).isEqualTo("GET /x%20HTTP/1.1%0D%0AX-Evil:%201%0D%0AZ: HTTP/1.1");
        assertThat(header(head, "X-Evil")).isEmpty();
    }

    @Test
    void dotSegmentsThatLeaveThePrefixAreRoutedWhereTheyLead() throws Exception {
        Backend app = module("app");
        Backend other = module("app-2");

        get("/app/../app-2/x");
        get("/app/%2e%2e/app-2/y");
        get("/app%2f..%2fapp-2/z");

        assertThat(requestLine(other.nextHead())).isEqualTo("GET /x HTTP/1.1");
        assertThat(requestLine(other.nextHead())).isEqualTo("GET /y HTTP/1.1");
        assertThat(requestLine(other.nextHead())).isEqualTo("GET /z HTTP/1.1");
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/none/x", "/app-2/x", "/app../x", "/App/x", "/app%0a", "/ap", "/health/x", "/app;/x"})
    void anUnknownPathIsNotFound(String target) throws IOException {
        Backend app = module("app");

        String answer = get(target);

        assertThat(status(answer)).isEqualTo(404);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(header(answer, "X-Frame-Options")).containsExactly("SAMEORIGIN");
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../app/x", "/app/%00", "/app/%zz", "/app/%4", "/app/../../x"})
    void aPathThatNginxRefusesIsABadRequest(String target) throws IOException {
        module("app");

        assertThat(status(get(target))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"})
    void aPrefixWithoutSlashIsRedirectedForAnyMethod(String method) throws IOException {
        module("app");

        String answer = request(method, "/app?q=%2F");

        assertThat(status(answer)).isEqualTo(308);
        assertThat(header(answer, "Location")).containsExactly("/app/?q=%2F");
    }

    @Test
    void aPathOfThousandsOfSegmentsIsRoutedLikeAnother() throws Exception {
        Backend app = module("app");
        String deep = "/a".repeat(10_000);

        get("/app" + deep);

        assertThat(requestLine(app.nextHead())).isEqualTo("GET " + deep + " HTTP/1.1");
    }

    @Test
    void thousandsOfQueryParametersPass() throws Exception {
        Backend app = module("app");
        String query = "?a" + "&a".repeat(5_000);

        assertThat(status(get("/app/" + query))).isEqualTo(200);

        assertThat(requestLine(app.nextHead())).isEqualTo("GET /" + query + " HTTP/1.1");
    }
}
