package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.Capability.ADDRESS_LIST;
import static io.a64.proxy.testkit.Capability.RAW_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.PathMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.testkit.RawHttp.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link RoutedTrafficContract} about paths: which module gets them, and what it sees of them. */
abstract class RoutedPaths extends RoutedFixture {

    private static final RouteOptions RAW = RouteOptions.builder().rawPath(true).build();

    @ParameterizedTest(name = "trap 1: {0} arrives as {1}")
    @CsvSource({"/app/, /", "/app/a/b?x=1&y=2, /a/b?x=1&y=2", "/app/?q=%2F%20, /?q=%2F%20"})
    void pathAndQueryArriveWithThePrefixStripped(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }

    @ParameterizedTest(name = "trap 2: {0} arrives as {1}")
    @CsvSource({
        "/app/a%20b, /a%20b",
        "/app/%C3%A9, /%C3%A9",
        "/app/a%25b, /a%25b",
        "/app/%3F%23, /%3F%23",
        "/app/a%25%32%46b, /a%252Fb"
    })
    void whatIsEncodedArrivesEncoded(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }

    @ParameterizedTest(name = "trap 3: a slash in disguise is one, {0} arrives as {1}")
    @CsvSource({"/app/a%2Fb, /a/b", "/app/a%2fb?c=%2f, /a/b?c=%2f"})
    void anEncodedSlashIsASlash(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }

    @ParameterizedTest(name = "trap 4: slashes are merged, {0} arrives as {1}")
    @CsvSource({"/app//x//y, /x/y", "/app///, /"})
    void slashesAreMerged(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }

    @ParameterizedTest(name = "trap 5: dot segments are resolved, {0} arrives as {1}")
    @CsvSource({"/app/./a/../b, /b", "/app/a/%2e%2e/b, /b", "/app/..a/b.., /..a/b.."})
    void dotSegmentsAreResolved(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }

    @ParameterizedTest(name = "trap 6: a prefix that shows only after normalising counts, {0} arrives as {1}")
    @CsvSource({"/z/../app/x, /x", "//app/x, /x", "/%61pp/x, /x"})
    void thePrefixIsFoundInTheNormalisedPath(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }

    @ParameterizedTest(name = "traps 3 and 4: raw paths arrive byte for byte, {0} as {1}")
    @Needs(RAW_PATH)
    @CsvSource({
        "/app/, /",
        "/app/a%2Fb, /a%2Fb",
        "/app//x//y, //x//y",
        "/app/a%20b%25?x=%2F/../, /a%20b%25?x=%2F/../",
        "/app/%c3%A9, /%c3%A9",
        "/app/..a/b../.c, /..a/b../.c"
    })
    void rawPathsArriveByteForByte(String asked, String arrives) {
        assertArrives(RAW, asked, arrives);
    }

    private void assertArrives(RouteOptions options, String asked, String arrives) {
        publishApp(options);

        assertThat(get(asked).status()).isEqualTo(200);
        assertThat(app.last().target()).isEqualTo(arrives);
    }

    @ParameterizedTest(name = "trap 5: the dot segment in {0} is refused with 400 where paths are raw")
    @Needs(RAW_PATH)
    @ValueSource(
            strings = {
                "/app/./a/../b",
                "/app/a/..",
                "/app/a/%2e%2e/b",
                "/app/a/.%2E/b",
                "/app/a/..%2fb",
                "/app/a%2F..%2Fb",
                "/app/a/..%5cb",
                "/app/a%5C..%5Cb",
                "/app/%2e"
            })
    void rawPathsHaveNoDotSegments(String asked) {
        assertRefused(asked);
    }

    @ParameterizedTest(
            name = "trap 6: {0}, which is not below the prefix as it stands, is refused with 400 where paths are raw")
    @Needs(RAW_PATH)
    @ValueSource(strings = {"/z/../app/x", "//app/x", "/%61pp/x"})
    void rawPathsBeginWithThePrefix(String asked) {
        assertRefused(asked);
    }

    private void assertRefused(String asked) {
        publishApp(RAW);

        assertSecured(get(asked), 400);
        assertThat(app.requests()).isZero();
    }

    @Test
    @DisplayName("trap 7: a path cannot smuggle a header")
    void aPathCannotSmuggleAHeader() {
        assertNoHeaderSmuggled(RouteOptions.defaults());
    }

    @Test
    @Needs(RAW_PATH)
    @DisplayName("trap 7: a raw path cannot smuggle a header")
    void aRawPathCannotSmuggleAHeader() {
        assertNoHeaderSmuggled(RAW);
    }

    private void assertNoHeaderSmuggled(RouteOptions options) {
        publishApp(options);

        get("/app/x%20HTTP/1.1%0d%0aX-Evil:%201");

        assertThat(app.last().target()).isEqualToIgnoringCase("/x%20HTTP/1.1%0d%0aX-Evil:%201");
        assertThat(app.last().header("x-evil")).isEmpty();
    }

    @Test
    @DisplayName("trap 8: a line feed after the prefix is not found and comes back in no header")
    void aLineFeedAfterThePrefixIsNotFound() {
        publishApp();

        Answer answer = get("/app%0a");

        assertSecured(answer, 404);
        assertThat(answer.header("location")).isEmpty();
        assertThat(app.requests()).isZero();
    }

    @ParameterizedTest(name = "trap 9: the path without its final slash is redirected, {0} too")
    @ValueSource(strings = {"GET", "POST"})
    void thePathWithoutItsFinalSlashIsRedirectedForAnyMethod(String method) {
        publishApp();

        Answer answer = RawHttp.send(base(), method, "/app?q=%2F", method.equals("POST") ? "x" : "");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("location")).containsExactly("/app/?q=%2F");
    }

    @ParameterizedTest(name = "trap 10: {0} is not below /app/")
    @ValueSource(strings = {"/app-2/x", "/appx", "/other/"})
    void aLongerSegmentIsNotFound(String path) {
        assertNotFound(path);
    }

    @ParameterizedTest(name = "trap 11: {0} only looks like /app/")
    @ValueSource(strings = {"/app../x", "/App/x"})
    void pathsThatOnlyLookAlikeAreNotFound(String path) {
        assertNotFound(path);
    }

    private void assertNotFound(String path) {
        publishApp();

        assertThat(get(path).status()).isEqualTo(404);
        assertThat(app.requests()).isZero();
    }

    @Test
    @DisplayName("trap 10: the longest prefix is served")
    void theLongestPrefixIsServed() {
        publishApp();
        writer.publish(route("app-2", upstream("two").address()), soon());
        writer.publish(route("inner", new PathMatch("/app/in/"), upstream("inner")), soon());

        assertThat(get("/app-2/x").body()).contains("two");
        assertThat(get("/app/in/x").body()).contains("inner");
        assertThat(get("/app/inx").body()).contains("app");
    }

    @Test
    @Needs(ADDRESS_LIST)
    @DisplayName("trap 12: a path that leaves its prefix is served by the other module's rules")
    void aPathThatLeavesItsPrefixIsServedByTheOtherModulesRules() {
        publishApp();
        UpstreamServer two = upstream("two");
        writer.publish(route("app-2", new PathMatch("/app-2/"), allowing("10.0.0.0/8"), two), soon());
        writer.publish(route("app-3", upstream("three").address()), soon());

        assertThat(get("/app/../app-2/x").status()).isEqualTo(403);
        assertThat(get("/app/../app-3/x").body()).contains("three");
        assertThat(two.requests()).isZero();
    }

    @ParameterizedTest(name = "trap 19: {0} reaches the module as {1}")
    @CsvSource({"/app/healthcare, /healthcare", "/app/health/ready, /health/ready", "/app/health, /health"})
    void healthIsAPathLikeOthersToTheModule(String asked, String arrives) {
        assertArrives(RouteOptions.defaults(), asked, arrives);
    }
}
