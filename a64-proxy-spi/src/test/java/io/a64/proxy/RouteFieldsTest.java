package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.InvalidInputException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteFieldsTest {

    private static final long SEED = 20_261_125;

    @Test
    void defaults_need_no_field() {
        assertThat(RouteFields.of(RouteOptions.defaults())).isEmpty();
        assertThat(RouteFields.parse(Map.of())).isEqualTo(RouteOptions.defaults());
    }

    @Test
    void options_read_back_as_what_they_were() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2000; i++) {
            RouteOptions options = RandomOptions.next(random);

            RouteOptions read = RouteFields.parse(new HashMap<>(RouteFields.of(options)));

            assertThat(read).as("seed %d, number %d", SEED, i).isEqualTo(options);
            assertThat(read.responseHeaders().keySet())
                    .as("seed %d, number %d", SEED, i)
                    .containsExactlyElementsOf(options.responseHeaders().keySet());
        }
    }

    @Test
    void every_field_of_a_changed_option_is_one_line_of_printable_text() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            RouteFields.of(RandomOptions.next(random))
                    .forEach((field, value) -> assertThat(field + value).matches("[\\x20-\\x7e]+"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "websocket, yes",
        "websocket, TRUE",
        "raw-path, 1",
        "buffering, ''",
        "max-body, 10m",
        "max-body, 0",
        "max-body, 9223372036854775808",
        "read-timeout, 60",
        "read-timeout, PT0.5S",
        "balancing, round_robin",
        "rate-limit, 5",
        "rate-limit, 5 6 7",
        "rate-limit, 0 5",
        "rate-limit, ' 5'",
        "connection-limit, 0",
        "auth-request, login",
        "basic-auth-realm, shop",
        "basic-auth-user bob, $6$salt$short",
        "allowed-addresses, ''",
        "allowed-addresses, '10.0.0.0/8,10.0.0.1'",
        "response-header X-Shop, ''",
        "response-header Set-Cookie, a=1",
        "Websocket, true",
        "unheard-of, 1"
    })
    void a_field_that_cannot_be_read_is_refused(String field, String value) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RouteFields.parse(Map.of(field, value)));
    }

    @Test
    void users_whose_realm_was_lost_do_not_leave_the_route_open() {
        String hash = RandomOptions.hash(new Random(SEED));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RouteFields.parse(Map.of("basic-auth-user bob", hash)))
                .withMessageContaining("realm")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(hash));
    }
}
