package io.a64.examples.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.container.ContainerException;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.event.DeploymentStep;
import io.a64.examples.host.HostClient.Answer;
import io.a64.module.ModuleSpec;
import io.a64.ports.PortRange;
import io.a64.ports.PortSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleCallsTest extends ApiFixture {

    @Test
    void anInstallationAnswers201WithTheModule() {
        Answer answer = client.install(APP);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.response().body())
                .isEqualTo("{\"module_name\":\"app\",\"status\":\"running\",\"docker_image\":\"demo/app:1.0.0\","
                        + "\"version\":null,\"generation\":1,\"allocated_ports\":{\"8080\":9000},"
                        + "\"proxy_route\":\"/app\",\"urls\":{\"proxy\":\"http://localhost/app/\","
                        + "\"direct\":[\"http://localhost:9000\"]},\"installed_at\":\"2025-10-19T08:00:00Z\"}");
    }

    @Test
    void everyFieldReachesTheLibrary() {
        Answer answer = client.install("""
                {"module_name":"app","docker_image":"demo/app:1","ports":["8080",8081,"9999:8082"],"version":"1.2.3",
                 "license_key":"TEST-1","environment":{"K":"V"},"replicas":1,
                 "route":{"type":"path","readiness":{"path":"/health","timeout_seconds":7},"websocket":false,
                          "max_body":"20m","read_timeout_seconds":90,"raw_path":false},
                 "resources":{"memory":"256m","cpus":0.5}}""");

        assertThat(answer.status()).as(answer.detail()).isEqualTo(201);
        ModuleSpec spec = Objects.requireNonNull(deployer.specs.get("app"));
        assertThat(spec.internalPorts()).containsExactly(8080, 8081, 8082);
        assertThat(spec.version()).contains("1.2.3");
        assertThat(spec.licenseKey()).contains("TEST-1");
        assertThat(spec.environment()).containsExactly(Map.entry("K", "V"));
        assertThat(spec.readiness().path()).contains("/health");
        assertThat(spec.readiness().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(spec.route().orElseThrow().options().websocket()).isFalse();
        assertThat(spec.route().orElseThrow().options().maxBodyBytes()).isEqualTo(20L << 20);
        assertThat(spec.route().orElseThrow().options().readTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.resources().memoryBytes()).isEqualTo(256L << 20);
        assertThat(spec.resources().cpus()).isEqualTo(0.5);
    }

    @Test
    void aPoolReachesTheLibrary() {
        client.install(APP.replace("]}", "],\"port_pool\":\"media\"}"));

        assertThat(Objects.requireNonNull(deployer.specs.get("app")).portSource())
                .isEqualTo(PortSource.pool("media"));
    }

    @Test
    void aPartOfTheRangeReachesTheLibrary() {
        client.install(APP.replace("]}", "],\"port_range\":\"9500-9600\"}"));

        assertThat(Objects.requireNonNull(deployer.specs.get("app")).portSource())
                .isEqualTo(PortSource.within(new PortRange(9500, 9600)));
    }

    @Test
    void theOtherCallsShowAndRemoveIt() {
        client.install(APP);

        assertThat(client.get("/api/v1/modules/installed").json().path("total").asInt())
                .isEqualTo(1);
        assertThat(client.get("/api/v1/modules/app").json())
                .isEqualTo(client.get("/api/v1/modules/installed")
                        .json()
                        .path("modules")
                        .path(0));
        assertThat(client.get("/api/v1/modules/app/ports").response().body())
                .isEqualTo("{\"module_name\":\"app\",\"allocated_ports\":{\"8080\":9000}}");
        assertThat(client.delete("/api/v1/modules/app").response().body())
                .isEqualTo("{\"module_name\":\"app\",\"status\":\"uninstalled\",\"released_ports\":[9000]}");
        assertThat(client.get("/api/v1/modules/installed").response().body()).isEqualTo("{\"total\":0,\"modules\":[]}");
    }

    @Test
    void aModuleThatIsNotThereIsA404() {
        assertThat(client.get("/api/v1/modules/nobody").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/modules/nobody/ports").status()).isEqualTo(404);
        Answer answer = client.delete("/api/v1/modules/nobody");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("module_name").asText()).isEqualTo("nobody");
    }

    @Test
    void aNameThatBreaksTheRuleIsA400() {
        Answer answer = client.delete("/api/v1/modules/No_Name");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("module_name");
    }

    @Test
    void aSecondInstallationIsA409() {
        client.install(APP);

        assertThat(client.install(APP).status()).isEqualTo(409);
    }

    @Test
    void aModuleNamedLikeOneOfOurWordsCanBeSeenAndRemoved() {
        client.install(APP.replace("\"app\"", "\"install\""));

        assertThat(client.get("/api/v1/modules/install").status()).isEqualTo(200);
        assertThat(client.delete("/api/v1/modules/install").status()).isEqualTo(200);
        assertThat(client.delete("/api/v1/modules/install").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void everyKindOfFailureHasItsStatus(FailureKind kind) {
        deployer.beforeDeploy = spec -> {
            throw DeploymentException.beforeSteps(kind, spec.name(), "because");
        };
        int expected = switch (kind) {
            case INVALID_INPUT -> 400;
            case REFUSED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case MODULE_FAILED -> 422;
            case INTERRUPTED, INTERNAL -> 500;
            case UNAVAILABLE, EXHAUSTED -> 503;
            case DEADLINE_EXCEEDED -> 504;
        };

        Answer answer = client.install(APP);

        assertThat(answer.status()).isEqualTo(expected);
        assertThat(answer.json().path("status").asInt()).isEqualTo(expected);
        assertThat(answer.json().path("type").asText()).startsWith("urn:a64:problem:");
        assertThat(answer.json().path("title").asText()).isNotEmpty();
        assertThat(answer.detail()).isEqualTo("because");
        assertThat(answer.header("Retry-After")).isEqualTo(expected == 503 ? "5" : "none");
    }

    @Test
    void aFailedStepIsNamedWithItsEvidence() {
        deployer.beforeDeploy = spec -> {
            throw DeploymentException.atStep(
                    "deployment",
                    spec.name(),
                    DeploymentStep.READY,
                    new ContainerException(
                            ContainerException.Problem.START_FAILED, "it exited", List.of("panic: no"), null));
        };

        Answer answer = client.install(APP);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("module_name").asText()).isEqualTo("app");
        assertThat(answer.json().path("step").asText()).isEqualTo("ready");
        assertThat(answer.json().path("evidence").toString()).isEqualTo("[\"panic: no\"]");
    }

    @Test
    void aFaultOfOursIsA500WithoutItsInnerWorkings() {
        deployer.beforeDeploy = spec -> {
            throw new IllegalStateException("secret of the code");
        };

        Answer answer = client.install(APP);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.response().body()).doesNotContain("secret of the code");
    }
}
