package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.a64.FailureKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteClaimsTest {

    private static final List<Route> IN_FORCE =
            List.of(route("shop", "/shop/", ""), route("login", "/login/", ""), route("front", "h:80/", ""));

    @ParameterizedTest
    @CsvSource({"/shop/, shop", "/shop/health/, shop", "h:80/, front"})
    void what_another_module_holds_is_refused_naming_it(String match, String holder) {
        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> RouteClaims.require(route("thief", match, ""), IN_FORCE))
                .withMessageContainingAll(match, holder)
                .satisfies(refusal -> {
                    assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
                    assertThat(refusal.module()).isEqualTo("thief");
                });
    }

    @ParameterizedTest
    @CsvSource({"/shops/", "/shop/in/", "h:81/", "h:80/api/", "h:80/shop/"})
    void what_nobody_holds_is_free(String match) {
        assertThatNoException().isThrownBy(() -> RouteClaims.require(route("back", match, ""), IN_FORCE));
    }

    @Test
    void a_module_may_take_what_it_holds_itself() {
        assertThatNoException().isThrownBy(() -> RouteClaims.require(route("shop", "/shop/", ""), IN_FORCE));
    }

    @ParameterizedTest
    @CsvSource({"/login/", "/login/check", "/login/a/b"})
    void a_path_that_another_module_serves_may_be_asked_for_authorization(String authRequest) {
        assertThatNoException().isThrownBy(() -> RouteClaims.require(route("shop", "/shop/", authRequest), IN_FORCE));
        assertThatNoException()
                .isThrownBy(() -> RouteClaims.require(route("back", "h:80/api/", authRequest), IN_FORCE));
    }

    @ParameterizedTest
    @CsvSource({"/nobody/check", "/login", "/loginx", "/shop/check"})
    void a_path_that_no_other_module_serves_is_refused_naming_it(String authRequest) {
        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> RouteClaims.require(route("shop", "/shop/", authRequest), IN_FORCE))
                .withMessageContainingAll(authRequest, "/shop/")
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT));
    }

    @Test
    void a_module_that_takes_over_the_path_it_asks_would_ask_itself() {
        assertThatExceptionOfType(RouteException.class)
                .isThrownBy(() -> RouteClaims.require(route("shop", "/login/in/", "/login/in/check"), IN_FORCE));
    }

    private static Route route(String module, String match, String authRequest) {
        RouteAccess access =
                new RouteAccess(Optional.of(authRequest).filter(path -> !path.isEmpty()), Optional.empty(), List.of());
        return new Route(
                module,
                1,
                RouteMatch.parse(match),
                List.of(new Upstream("127.0.0.1", 9000)),
                RouteOptions.builder().access(access).build());
    }
}
