package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.a64.InvalidInputException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteOptionsTest {

    @Test
    void the_largest_body_has_at_least_one_byte() {
        assertField("route.max_body", options -> options.maxBodyBytes(0));
        assertThat(RouteOptions.builder().maxBodyBytes(Long.MAX_VALUE).build().maxBodyBytes())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT24H0.000000001S", "PT0S", "PT-1S"})
    void the_read_timeout_lies_between_one_second_and_one_day(String outside) {
        assertField("route.read_timeout_seconds", options -> options.readTimeout(Duration.parse(outside)));
        assertThatNoException()
                .isThrownBy(() ->
                        RouteOptions.builder().readTimeout(Duration.ofDays(1)).build());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void the_connection_limit_lies_between_1_and_65535(int outside) {
        assertField("route.connection_limit", options -> options.connectionLimit(outside));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 5", "100001, 5", "5, -1", "5, 100001"})
    void the_rate_limit_has_bounds(int perSecond, int burst) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new RateLimit(perSecond, burst));
    }

    @Test
    void a_builder_made_from_options_makes_them_again() {
        RouteOptions options = RandomOptions.next(new Random(7));

        assertThat(options.toBuilder().build()).isEqualTo(options);
    }

    @Test
    void what_was_given_can_be_changed_afterwards_without_effect() {
        Map<String, String> headers = new HashMap<>(Map.of("X-Shop", "1"));
        RouteOptions options = RouteOptions.builder().responseHeaders(headers).build();

        headers.put("X-Other", "2");

        assertThat(options.responseHeaders()).containsOnlyKeys("X-Shop");
    }

    @Test
    void headers_that_differ_in_nothing_but_case_are_the_same() {
        RouteOptions one = withHeaders(Map.of("X-Shop", "1", "Cache-Control", "no-store"));
        RouteOptions other = withHeaders(Map.of("x-shop", "1", "CACHE-CONTROL", "no-store"));

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(withHeaders(Map.of("X-Shop", "2", "Cache-Control", "no-store")));
        assertField("route.response_headers", options -> options.responseHeaders(Map.of("X-Shop", "1", "x-shop", "2")));
    }

    @Test
    void headers_keep_their_order_by_name_whatever_order_they_came_in() {
        Map<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
        backwards.putAll(Map.of("X-B", "2", "X-A", "1", "x-c", "3"));

        assertThat(withHeaders(backwards).responseHeaders().keySet()).containsExactly("X-A", "X-B", "x-c");
    }

    @Test
    void there_are_at_most_32_headers() {
        Map<String, String> headers = new HashMap<>();
        IntStream.range(0, 32).forEach(i -> headers.put("X-" + i, "1"));
        assertThatNoException().isThrownBy(() -> withHeaders(headers));

        headers.put("X-32", "1");

        assertField("route.response_headers", options -> options.responseHeaders(headers));
    }

    @ParameterizedTest(name = "trap 21: the header value {0} is refused")
    @ValueSource(
            strings = {
                "$http_cookie",
                "costs $5",
                "${a}",
                "say \"hi\"",
                "a\\b",
                "a\nb",
                "a\r\nX-Evil: 1",
                "a\n",
                "\r",
                "a\tb",
                "a\0",
                "\u00e9",
                "a\u2028b",
                "",
                " ",
                " a",
                "a "
            })
    void header_values_that_could_leave_their_quotes_are_refused(String value) {
        assertField("route.response_headers.X-Shop", options -> options.responseHeaders(Map.of("X-Shop", value)));
    }

    @Test
    @DisplayName("trap 21: a header value has at most 1,024 characters")
    void header_values_have_a_limit() {
        assertThatNoException().isThrownBy(() -> withHeaders(Map.of("X-Shop", "v".repeat(1024))));
        assertField(
                "route.response_headers.X-Shop",
                options -> options.responseHeaders(Map.of("X-Shop", "v".repeat(1025))));
        assertField(
                "route.response_headers.X-Shop",
                options -> options.responseHeaders(Map.of("X-Shop", "v".repeat(5000))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default-src 'self'; frame-ancestors 'none'",
                "max-age=31536000; includeSubDomains",
                "a{b}c;d#e",
                "x",
                "100%"
            })
    void harmless_header_values_are_taken_as_they_are(String value) {
        assertThat(withHeaders(Map.of("Content-Security-Policy", value)).responseHeaders())
                .containsEntry("content-security-policy", value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host",
                "Connection",
                "Upgrade",
                "Content-Length",
                "Transfer-Encoding",
                "TE",
                "Location",
                "Set-Cookie",
                "WWW-Authenticate",
                "Server",
                "Date",
                "X-Content-Type-Options",
                "x-frame-options",
                "X-XSS-Protection",
                "X-Accel-Redirect",
                "X-Forwarded-For",
                "X-Real-IP",
                "X-Original-URI",
                "X_Shop",
                "X-Shop:",
                "X Shop",
                "X-Shop\n",
                "X-$a",
                "X-",
                "X-\u0130",
                "X-\u212A"
            })
    void headers_that_the_proxy_sets_or_obeys_and_what_is_no_name_are_refused(String name) {
        assertField("route.response_headers", options -> options.responseHeaders(Map.of(name, "1")));
    }

    private static RouteOptions withHeaders(Map<String, String> headers) {
        return RouteOptions.builder().responseHeaders(headers).build();
    }

    private static void assertField(String field, UnaryOperator<RouteOptions.Builder> change) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> change.apply(RouteOptions.builder()).build())
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
