package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.a64.proxy.nginx.NginxMainConfiguration;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.proxy.nginx.NginxTraffic;
import io.a64.spi.InvalidSettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings come from files and environments that may be wrong, and some of them reach the main configuration. */
final class HostileSettingsTest {

    private static final NginxSettings GOOD = NginxSettings.of(Path.of("/etc/nginx/conf.d"));

    private static void assertRefused(String setting, Runnable use) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(use::run)
                .satisfies(refusal -> assertThat(refusal.setting()).isEqualTo(setting));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a b", "/a;b", "/a{b", "/a}b", "/a$b", "/a\"b", "/a'b", "/a\\b", "/a#b", "/a*b", "/a?b", "/[ab]",
                "/a\nb", "/a\n", "/\u00fc"
            })
    void a_directory_that_needs_quotation_marks_is_refused(String directory) {
        assertRefused("a64.nginx.config-dir", () -> GOOD.withConfigDirectory(Path.of(directory)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "65536",
                "99999",
                "-1",
                "\u0668\u0660",
                "80\n",
                "80;",
                "80 default_server",
                "$port",
                "unix:/run/x",
                "127.1:80",
                "999.1.1.1:80",
                "1..2.3:80",
                "0x7f.0.0.1:80",
                "[::g]:80",
                "[:::]:80",
                "[]:80",
                "::1:80",
                "evil.example:80",
                "127.0.0.1:80; return 200",
                "localhost\n:80",
                "LOCALHOST:80"
            })
    void a_listener_that_is_none_is_refused(String listen) {
        assertRefused("a64.nginx.listen", () -> GOOD.withListen(listen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "127.0.0.1:8081", "*:80", "localhost:80", "0.0.0.0:80", "[::1]:80", "[::]:80"})
    void a_listener_is_what_nginx_takes_for_one(String listen) {
        assertThat(GOOD.withListen(listen).listen()).isEqualTo(listen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nginx\n", "ngi\u0000nx", "\u001b[31mnginx"})
    void a_binary_that_cannot_be_a_program_is_refused(String binary) {
        assertRefused("a64.nginx.binary", () -> GOOD.withBinary(binary));
    }

    static Stream<String> logs() {
        return Stream.of(
                "",
                " ",
                "a b",
                "/var/log/x; daemon off",
                "$host.log",
                "syslog:server=192.0.2.1",
                "memory:32m",
                "|sh",
                "../x",
                "/a/../b",
                "a\n",
                "a//b",
                "/",
                "a/",
                "a".repeat(64) + ";",
                "a".repeat(5000),
                "/a".repeat(5000));
    }

    @ParameterizedTest
    @MethodSource("logs")
    @Timeout(10)
    void a_log_that_is_no_file_is_refused_without_thinking_long(String log) {
        assertRefused("a64.nginx.access-log", () -> new NginxTraffic(List.of(), log, 0));
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                arguments("a64.nginx.config-dir", (Use) text -> GOOD.withConfigDirectory(Path.of("/etc/" + text))),
                arguments("a64.nginx.listen", (Use) text -> GOOD.withListen("127.0.0.1" + text)),
                arguments("a64.nginx.listen", (Use) text -> GOOD.withListen(text + "8081")));
    }

    private interface Use {

        NginxSettings with(String text);
    }

    @ParameterizedTest
    @MethodSource("uses")
    void no_setting_brings_a_directive_of_its_own_into_the_main_configuration(String setting, Use use) {
        List<String> texts = new ArrayList<>(Injections.WHOLE);
        texts.addAll(Injections.PARTS);
        for (String text : texts) {
            try {
                String main = NginxMainConfiguration.of(use.with(text)).text();
                assertThat(OurDirectives.foreign("", Directive.parse(main)))
                        .as(text)
                        .isEmpty();
            } catch (InvalidSettingException e) {
                assertThat(e.setting()).isEqualTo(setting);
            } catch (InvalidPathException e) {
                // A path of this platform may hold no NUL, and in a plain locale ASCII only.
                assertThat(text.chars()).anyMatch(c -> c == 0 || c > 0x7e);
            }
        }
    }
}
