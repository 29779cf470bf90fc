package io.a64.proxy.nginx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must stand in no file, whatever the routes are. */
final class GeneratedFilesTest {

    private static final Set<String> LEAD_TO_FILES = Set.of("include", "access_log", "auth_basic_user_file");

    private static Map<String, String> files(Shape shape) {
        return FullConfiguration.render(shape, Path.of("/etc/nginx/conf.d/a64")).files();
    }

    private static Stream<Directive> directives(Shape shape) {
        return files(shape).entrySet().stream()
                .filter(file -> file.getKey().endsWith(".conf"))
                .flatMap(file -> Directive.parse(file.getValue()).stream())
                .flatMap(Directive::all);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("trap 27: no file brings back the filter that browsers gave up")
    void no_xss_filter(Shape shape) {
        assertThat(files(shape).values())
                .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains("x-xss-protection"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("trap 48: no request chooses a file: not by its SNI, not by anything else, and no certificate is ours")
    void no_file_depends_on_a_request(Shape shape) {
        assertThat(directives(shape))
                .noneMatch(directive -> directive.name().startsWith("ssl_"))
                .noneMatch(directive -> Set.of("root", "alias", "try_files").contains(directive.name()))
                .noneMatch(directive -> String.join(" ", directive.words()).contains("$ssl_"));
        assertThat(directives(shape).filter(directive -> LEAD_TO_FILES.contains(directive.name())))
                .isNotEmpty()
                .noneMatch(directive -> directive.words().get(1).contains("$"));
    }
}
