package io.a64.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.a64.InvalidInputException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModuleSpecTest {

    /** Trap 20 of the list of hostile names. */
    static List<String> hostileNames() {
        return List.of(
                "a;b",
                "a b",
                "a{",
                "a}",
                "a\"",
                "a\\",
                "a$uri",
                "a\n",
                "a\r",
                "a\t",
                "a\0",
                "..",
                "x/health",
                "~a",
                "*",
                "%2e",
                "caf\u00e9",
                "a".repeat(64),
                "",
                "__a64",
                "-a",
                "a-",
                "A",
                "health",
                "a.b",
                "a_b");
    }

    static List<String> hostileImages() {
        return List.of(
                "",
                " ",
                "demo/x 1",
                "Demo/x:1",
                "demo/X:1",
                "../demo",
                "demo/../x",
                "demo//x",
                "/demo",
                "demo/",
                "demo:",
                "demo:a b",
                "demo@sha256:12",
                "demo;rm",
                "demo\n",
                "http://host/demo",
                "a".repeat(300),
                "demo:" + "t".repeat(129),
                "caf\u00e9:1");
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void a_hostile_name_is_refused_naming_the_field(String name) {
        assertRefused(
                "module_name",
                () -> ModuleSpec.builder(name).image("demo/x:1").port(80).spec());
    }

    @ParameterizedTest
    @MethodSource("hostileImages")
    void a_hostile_image_is_refused_naming_the_field(String image) {
        assertRefused(
                "docker_image",
                () -> ModuleSpec.builder("shop").image(image).port(80).spec());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "demo/x",
                "demo/x:1.0.0",
                "localhost:5000/analytics:1.0.0",
                "registry.example.org/team/app_x/y--z:Tag_1",
                "demo@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void a_usual_image_is_accepted(String image) {
        assertThat(ModuleSpec.builder("shop").image(image).port(80).spec().image())
                .isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "80:", ":80", "80/udp", "a", "-1", "1:2:3", " 80"})
    void a_port_that_is_none_is_refused(String port) {
        assertRefused("ports", () -> ModuleSpec.builder("shop").ports(List.of(port)));
    }

    @Test
    void the_external_part_of_a_port_is_ignored() {
        ModuleSpec spec = ModuleSpec.builder("shop")
                .image("demo/x:1")
                .ports(List.of("8080", "9999:8081", "8082/tcp"))
                .spec();

        assertThat(spec.internalPorts()).containsExactly(8080, 8081, 8082);
        assertThat(spec.routedPort()).isEqualTo(8080);
    }

    @Test
    void a_module_without_ports_or_with_one_twice_is_refused() {
        assertRefused(
                "ports", () -> ModuleSpec.builder("shop").image("demo/x:1").spec());
        assertRefused(
                "ports",
                () -> ModuleSpec.builder("shop")
                        .image("demo/x:1")
                        .port(80)
                        .port(80)
                        .spec());
    }

    @Test
    void the_environment_keeps_its_rules_and_its_secrets() {
        assertRefused("environment", () -> builder().environment("1A", "x").spec());
        assertRefused("environment.A", () -> builder().environment("A", "x\0").spec());
        assertRefused(
                "environment.A",
                () -> builder().environment("A", "x".repeat(32 * 1024 + 1)).spec());
        ModuleSpec spec = builder()
                .environment("A", "se=cret\nline")
                .licenseKey("key-of-mine")
                .spec();
        assertThat(spec.environment()).containsEntry("A", "se=cret\nline");
        assertThat(spec.toString()).doesNotContain("se=cret", "key-of-mine");
    }

    @Test
    void the_route_is_the_name_unless_said_otherwise() {
        assertThat(builder().spec().route().map(route -> route.match().text())).contains("/shop/");
        assertThat(builder()
                        .pathRoute("/a/b/")
                        .spec()
                        .route()
                        .map(route -> route.match().text()))
                .contains("/a/b/");
        assertThat(builder().withoutRoute().spec().route()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "shop/",
                "/shop",
                "//",
                "/../",
                "/./",
                "/a b/",
                "/a;b/",
                "/health/",
                "/__a64/x/",
                "/a$b/"
            })
    void a_path_that_could_harm_is_refused(String path) {
        assertRefused("route.path", () -> builder().pathRoute(path).spec());
    }

    @Test
    void readiness_needs_a_path_and_a_sensible_limit() {
        assertRefused("route.readiness.path", () -> Readiness.http("health"));
        assertRefused("route.readiness.path", () -> Readiness.http("/a\r\nX: y"));
        assertRefused(
                "route.readiness.timeout_seconds", () -> Readiness.http("/").within(Duration.ZERO));
    }

    private static ModuleSpec.Builder builder() {
        return ModuleSpec.builder("shop").image("demo/x:1").port(80);
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(call).satisfies(refusal -> {
            assertThat(refusal.field()).isEqualTo(field);
            assertThat(refusal).hasMessageContaining(field + " must ");
        });
    }

    @Test
    @SuppressWarnings("NullAway") // what callers without a null checker do
    void a_null_is_told_by_the_name_of_its_field() {
        assertThatNullPointerException()
                .isThrownBy(() -> ModuleSpec.builder(null).spec())
                .withMessage("module_name");
        assertThatNullPointerException()
                .isThrownBy(() -> ModuleSpec.builder("app").image(null).port(1).spec())
                .withMessage("docker_image");
        assertThatNullPointerException()
                .isThrownBy(() -> ModuleSpec.builder("app").ports(null))
                .withMessage("ports");
        assertThatNullPointerException()
                .isThrownBy(() -> ModuleSpec.builder("app").ports(Collections.singletonList(null)))
                .withMessage("ports");
    }
}
