package io.a64.examples.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.RouteOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RawPathTest extends RouterTestBase {

    private static final RouteOptions RAW = RouteOptions.builder().rawPath(true).build();

    private Backend rawModule() {
        return module("app", Backend.answering(Backend.OK), RAW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/app/               | /",
                "/app/a%2Fb          | /a%2Fb",
                "/app//x//y          | //x//y",
                "/app/%41%20%c3%A9   | /%41%20%c3%A9",
                "/app/%3F%23%25      | /%3F%23%25",
                "/app/%0d%0a         | /%0d%0a",
                "/app/a..b/.c/d./... | /a..b/.c/d./...",
                "/app/a?x=/../%2e%2e | /a?x=/../%2e%2e",
                "/app/..;/x          | /..;/x",
                "http://example.org:81/app/a%2Fb | /a%2Fb",
            })
    void everyByteAfterThePrefixArrives(String target, String arrives) throws Exception {
        Backend app = rawModule();

        assertThat(status(get(target))).isEqualTo(200);

        assertThat(requestLine(app.nextHead())).isEqualTo("GET " + arrives + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/z/../app/x",
                "//app/x",
                "/%61pp/x",
                "/app%2Fx",
                "/./app/x",
                "/app/./x",
                "/app/a/../b",
                "/app/a/..",
                "/app/a/.",
                "/app/%2e/x",
                "/app/a/%2E%2e/b",
                "/app/a/.%2E",
                "/app/a%2f..%2Fb",
                "/app/a%2F%2e%2e",
                "/app/a\\..\\b",
                "/app/a%5C..%5cb",
                "/app/a%5c%2e%2e/b"
            })
    void aFormThatCouldLeaveThePrefixIsABadRequest(String target) throws IOException {
        Backend app = rawModule();

        String answer = get(target);

        assertThat(status(answer)).isEqualTo(400);
        assertThat(header(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(app.hasSeenNothing()).isTrue();
    }

    @Test
    void aNeighbourWithoutRawPathsIsNotHeldToThem() throws Exception {
        rawModule();
        Backend other = module("other");

        assertThat(status(get("/app/../other/a%2Fb"))).isEqualTo(200);

        assertThat(requestLine(other.nextHead())).isEqualTo("GET /a/b HTTP/1.1");
    }
}
