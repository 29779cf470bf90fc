package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.InvalidInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

    @ParameterizedTest(name = "trap 22: the target {0} is refused")
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
                "01.2.3.4",
                "fe80::1%1",
                "febf::1",
                "::ffff:a9fe:a9fe",
                "::ffff:7f00:1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1",
                "unix:",
                "[::1]",
                "::1\n"
            })
    void a_target_that_is_no_plain_address_is_refused(String address) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new Upstream(address, 80));
    }

    @ParameterizedTest(name = "trap 22: the port {0} is refused")
    @ValueSource(ints = {0, -1, 65536, 99999})
    void a_port_that_is_none_is_refused(int port) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new Upstream("127.0.0.1", port));
    }

    @Test
    void an_ipv6_address_stands_in_brackets() {
        assertThat(new Upstream("::1", 9000).hostPort()).isEqualTo("[::1]:9000");
        assertThat(new Upstream("127.0.0.1", 9000).hostPort()).isEqualTo("127.0.0.1:9000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33})
    void a_route_has_1_to_32_upstreams(int number) {
        List<Upstream> upstreams = IntStream.range(0, number)
                .mapToObj(i -> new Upstream("127.0.0.1", 9000 + i))
                .toList();

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Route.onPath("shop", 1, "/shop/", upstreams, RouteOptions.defaults()));
    }

    @Test
    void no_upstream_stands_twice_and_generations_begin_with_1() {
        Upstream one = new Upstream("127.0.0.1", 9000);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Route.onPath("shop", 1, "/shop/", List.of(one, one), RouteOptions.defaults()));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Route.onPath("shop", 0, "/shop/", List.of(one), RouteOptions.defaults()));
    }
}
