package io.a64.examples.router.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.BasicAuth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes are those that {@code openssl passwd} prints for the password "secret". */
final class PasswordsTest {

    static final String SHA512 =
            "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN" + ".Pq.H91p5hVO1";
    static final String SHA256 = "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA";
    /** For the password "grün", in UTF-8, and a number of rounds of its own. */
    private static final String ROUNDS =
            "$6$rounds=1000$saltsalt$vOLZjVZqmP9j4Y1m6mMjut0tJKx6MwvVfpn1bWNlwlVZbaqiTuCyo2c"
                    + "QQiwmavFmqi0OyQqjnurts0wxneRjY.";

    private static final BasicAuth USERS = new BasicAuth("area", Map.of("amy", SHA512, "bob", SHA256, "eve", ROUNDS));

    private final AtomicLong clock = new AtomicLong();
    private final Passwords passwords = new Passwords(clock::get);

    private static Credentials credentials(String user, String password) {
        byte[] utf8 = password.getBytes(StandardCharsets.UTF_8);
        return new Credentials(user, new String(utf8, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({"amy, secret", "bob, secret", "eve, grün"})
    void theRightPasswordIsRight(String user, String password) {
        assertThat(passwords.check(USERS, credentials(user, password))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"amy, Secret", "amy, ''", "bob, grün", "zoe, secret", "Amy, secret", "'', secret"})
    void anythingElseIsWrong(String user, String password) {
        assertThat(passwords.check(USERS, credentials(user, password))).isFalse();
    }

    @Test
    void aRightPasswordIsRememberedForAMinute() {
        Credentials right = credentials("amy", "secret");
        assertThat(passwords.remember(USERS, right)).isFalse();
        passwords.check(USERS, right);

        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(passwords.remember(USERS, right)).isTrue();

        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(passwords.remember(USERS, right)).isFalse();
    }

    @Test
    void aWrongPasswordIsNotRemembered() {
        passwords.check(USERS, credentials("amy", "secret"));
        passwords.check(USERS, credentials("amy", "wrong"));

        assertThat(passwords.remember(USERS, credentials("amy", "wrong"))).isFalse();
        assertThat(passwords.remember(USERS, credentials("bob", "secret"))).isFalse();
    }

    @Test
    void aPasswordIsForgottenWithTheHashThatItBelongsTo() {
        passwords.check(USERS, credentials("amy", "secret"));
        BasicAuth changed = new BasicAuth("area", Map.of("amy", ROUNDS));

        assertThat(passwords.remember(changed, credentials("amy", "secret"))).isFalse();
    }

    @Test
    void credentialsShowNoPassword() {
        assertThat(credentials("amy", "secret")).hasToString("Credentials[amy]");
    }
}
