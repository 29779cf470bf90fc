package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.a64.InvalidInputException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteAccessTest {

    private static final String DIGEST = "a".repeat(86);
    private static final String HASH = "$6$salt$" + DIGEST;

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login/", "/login/check", "/a/b.c/~d", "/healthy", "/login/health"})
    void a_plain_path_may_be_asked_for_authorization(String path) {
        assertThat(authorizedAt(path).authRequest()).contains(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "login",
                "//login",
                "/login?x=1",
                "/login#x",
                "/a/../b",
                "/.a",
                "/a b",
                "/a;b",
                "/$uri",
                "/a\n",
                "/%61",
                "/health",
                "/health/",
                "/health/x",
                "/__a64/x",
                "http://evil/x",
                "/\u00e9"
            })
    void a_path_that_is_ours_or_not_plain_is_not_asked(String path) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> authorizedAt(path))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("route.auth_request"));
    }

    @Test
    void a_path_to_ask_has_at_most_255_characters() {
        assertThatNoException().isThrownBy(() -> authorizedAt("/" + "a".repeat(254)));
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> authorizedAt("/" + "a".repeat(255)));
    }

    private static RouteAccess authorizedAt(String path) {
        return new RouteAccess(Optional.of(path), Optional.empty(), List.of());
    }

    @Test
    void there_are_at_most_256_ranges_of_addresses() {
        List<AddressRange> most = IntStream.range(0, 256)
                .mapToObj(i -> AddressRange.parse("10.0.0." + i))
                .toList();
        assertThatNoException().isThrownBy(() -> new RouteAccess(Optional.empty(), Optional.empty(), most));

        List<AddressRange> more = Collections.nCopies(257, AddressRange.parse("10.0.0.1"));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new RouteAccess(Optional.empty(), Optional.empty(), more));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "",
                "$1$salt$aaaaaaaaaaaaaaaaaaaaaa",
                "$2y$10$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "{PLAIN}secret",
                "$6$salt$short",
                "$6$$",
                "$5$salt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "$5$sa:lt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "$5$sa\nlt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "$5$rounds=999$salt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "$5$rounds=100000$salt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "$5$rounds=01000$salt$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void what_is_no_hash_of_bearable_cost_is_refused_and_not_shown(String hash) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new BasicAuth("shop", Map.of("bob", hash)))
                .satisfies(refusal -> {
                    assertThat(refusal.field()).isEqualTo("route.basic_auth.users.bob");
                    assertThat(hash.isEmpty() || !refusal.getMessage().contains(hash))
                            .as("the message keeps what was given to itself: %s", refusal.getMessage())
                            .isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "a\n", "\u00e9", "a\"b", "a$b", "a,b", "#bob"})
    void a_user_or_realm_that_is_no_word_is_refused(String word) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new BasicAuth("shop", Map.of(word, HASH)));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new BasicAuth(word, Map.of("bob", HASH)));
    }

    @Test
    void there_are_1_to_1000_users() {
        Map<String, String> users = new HashMap<>();
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new BasicAuth("shop", users));

        IntStream.range(0, 1000).forEach(i -> users.put("user-" + i, HASH));
        assertThatNoException().isThrownBy(() -> new BasicAuth("shop", users));

        users.put("one-more", HASH);
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> new BasicAuth("shop", users));
    }

    @Test
    void users_are_told_apart_by_case_whatever_map_they_came_in() {
        SortedMap<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.put("Bob", HASH);

        BasicAuth auth = new BasicAuth("shop", caseless);

        assertThat(auth).isEqualTo(new BasicAuth("shop", Map.of("Bob", HASH)));
        assertThat(auth.users()).doesNotContainKey("bob");
    }

    @Test
    void hashes_are_not_printed() {
        RouteAccess access =
                new RouteAccess(Optional.empty(), Optional.of(new BasicAuth("shop", Map.of("bob", HASH))), List.of());

        assertThat(RouteOptions.builder().access(access).build().toString())
                .contains("shop", "bob")
                .doesNotContain(DIGEST, "salt");
    }
}
