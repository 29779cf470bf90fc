package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.InvalidInputException;
import io.a64.ModuleName;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteMatchTest {

    private static final URI BASE = URI.create("http://localhost:8081");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/",
                "/a/b-c/~d/e.f/",
                "shop.localhost:14000/",
                "shop.localhost:14000/api/",
                "localhost:1/",
                "a.b.c:65535/v1/x/"
            })
    void the_short_form_reads_back_as_the_match_that_wrote_it(String text) {
        assertThat(RouteMatch.parse(text).text()).isEqualTo(text);
        assertThat(RouteMatch.parse(RouteMatch.parse(text).text())).isEqualTo(RouteMatch.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "shop.localhost",
                "shop.localhost/",
                "shop.localhost:14000",
                "shop.localhost:/",
                "shop.localhost:0/",
                "shop.localhost:014000/",
                "shop.localhost:65536/",
                "shop.localhost:123456/",
                "shop.localhost:-1/",
                "Shop.localhost:14000/",
                ":14000/",
                "127.0.0.1:14000/",
                "::1:14000/",
                "a:b:14000/",
                "shop.localhost:14000/api",
                "shop.localhost:14000//",
                "shop.localhost:14000/health/",
                "user@shop.localhost:14000/",
                "http://shop.localhost:14000/",
                "shop.localhost:14000/\n"
            })
    void a_text_that_is_no_short_form_is_refused(String text) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> RouteMatch.parse(text));
    }

    @ParameterizedTest(name = "trap 20: a module called \"{0}\" is refused")
    @ValueSource(
            strings = {
                "a;b",
                "a b",
                "a{",
                "a}",
                "a\"",
                "a'",
                "a\\",
                "a$uri",
                "a\nb",
                "a\n",
                "a\r",
                "a\tb",
                "a\0",
                "..",
                ".",
                "x/health",
                "health",
                "~a",
                "*",
                "%2e",
                "\u00e9",
                "a\u00e9",
                "",
                "__a64",
                "A",
                "-a",
                "a-",
                "a_b",
                "a.b"
            })
    void names_that_could_leave_their_place_are_refused(String name) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ModuleName.require("module_name", name))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("module_name"));
    }

    @ParameterizedTest(name = "trap 20: a path of {0} characters is {1}")
    @CsvSource({"63, accepted", "64, refused"})
    void names_have_at_most_63_characters(int length, String outcome) {
        assertThat(isAccepted(() -> ModuleName.require("module_name", "a".repeat(length))))
                .isEqualTo(outcome.equals("accepted"));
    }

    @ParameterizedTest(name = "trap 20: the path \"{0}\" is refused")
    @ValueSource(
            strings = {
                "",
                "/",
                "a",
                "/a",
                "a/",
                "//",
                "/a//b/",
                "/a;b/",
                "/a b/",
                "/a{/",
                "/a}/",
                "/a\"/",
                "/a\\/",
                "/$uri/",
                "/a\n/",
                "/a/\n",
                "/a\r/",
                "/a\t/",
                "/a\0/",
                "/../",
                "/./",
                "/a/../",
                "/.a/",
                "/*/",
                "/%2e/",
                "/\u00e9/",
                "/a'/",
                "/a#/",
                "/a?/",
                "/health/",
                "/__a64/",
                "/__a64/x/"
            })
    void paths_that_could_leave_their_place_are_refused(String path) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new PathMatch(path));
        assertThat(isAccepted(() -> new HostMatch("h", 80, path)))
                .as("as the prefix of a host, where / alone is allowed")
                .isEqualTo(path.equals("/"));
    }

    @Test
    void a_path_has_at_most_255_characters() {
        assertThat(isAccepted(() -> new PathMatch("/" + "a".repeat(253) + "/"))).isTrue();
        assertThat(isAccepted(() -> new PathMatch("/" + "a".repeat(254) + "/"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "A.b",
                "a_b.c",
                "-a.b",
                "a-.b",
                "a.b-",
                "*.a",
                "~a",
                "a;b",
                "a b",
                "a\nb",
                "a\n",
                "a\0",
                "$host",
                "\u00e9.de",
                "a.1",
                "127.0.0.1",
                "[::1]",
                "a:1",
                "a/b",
                "%61.b"
            })
    void a_host_that_is_no_lower_case_dns_name_is_refused(String host) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> HostMatch.of(host, 80))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("route.host"));
    }

    @Test
    void a_host_has_labels_of_63_and_at_most_253_characters() {
        String label = "a".repeat(63);
        String longest = label + "." + label + "." + label + "." + "a".repeat(61);

        assertThat(isAccepted(() -> HostMatch.of(longest, 80))).isTrue();
        assertThat(isAccepted(() -> HostMatch.of(longest + "a", 80))).isFalse();
        assertThat(isAccepted(() -> HostMatch.of("a" + label + ".b", 80))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/, /shop/, true",
        "/shop/, /shop/health/, true",
        "/shop/health/, /shop/, true",
        "/shop/, /shop/in/, false",
        "/shop/, /shop/healthy/, false",
        "/shop/, /Shop/, false",
        "h:80/, h:80/, true",
        "h:80/, h:81/, false",
        "h:80/, g:80/, false",
        "h:80/, h:80/api/, false",
        "h:80/shop/, /shop/, false",
        "/shop/, h:80/shop/, false"
    })
    void two_matches_clash_only_if_they_claim_the_same_requests(String one, String other, boolean clash) {
        assertThat(RouteMatch.parse(one).clashesWith(RouteMatch.parse(other))).isEqualTo(clash);
    }

    @Test
    void clients_ask_a_path_at_the_base_and_a_host_at_its_own_port() {
        assertThat(RouteMatch.parse("/shop/").uri(BASE)).hasToString("http://localhost:8081/shop/");
        assertThat(RouteMatch.parse("shop.localhost:14000/api/").uri(BASE))
                .hasToString("http://shop.localhost:14000/api/");
        assertThat(RouteMatch.parse("shop.localhost:80/").uri(BASE)).hasToString("http://shop.localhost/");
    }

    @Test
    void a_bare_path_lacks_its_final_slash() {
        assertThat(new PathMatch("/a/b/").bare()).isEqualTo("/a/b");
    }

    private static boolean isAccepted(Runnable making) {
        try {
            making.run();
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }
}
