package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.InvalidInputException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "127.1",
                "0x7f000001",
                "user@h",
                "localhost",
                "",
                "256.0.0.1",
                "fe80::1",
                "1.2.3.4;",
                "::g",
                "01.2.3.4"
            })
    void a_target_that_is_no_plain_address_is_refused(String address) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new Upstream(address, 80));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536, 99999})
    void a_port_that_is_none_is_refused(int port) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new Upstream("127.0.0.1", port));
    }

    @Test
    void an_ipv6_address_stands_in_brackets() {
        assertThat(new Upstream("::1", 9000).hostPort()).isEqualTo("[::1]:9000");
        assertThat(new Upstream("127.0.0.1", 9000).hostPort()).isEqualTo("127.0.0.1:9000");
    }

    @Test
    void a_route_needs_an_upstream() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Route.onPath("shop", 1, "/shop/", List.of(), RouteOptions.defaults()));
    }

    @Test
    void options_have_bounds() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RouteOptions.builder()
                        .maxBodyBytes(0)
                        .readTimeout(Duration.ofSeconds(1))
                        .build());
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RouteOptions.builder()
                        .maxBodyBytes(1)
                        .readTimeout(Duration.ofMillis(999))
                        .build());
    }
}
