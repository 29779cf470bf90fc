package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.ContainerNetwork;
import io.a64.deploy.DeployerBuilder;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.module.ModuleSpec;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NGINX in a container of the modules' own network, which reaches no port that is published on loopback. */
@RequiresService({Service.NGINX_IMAGE, Service.DOCKER})
final class NginxBesideModulesTest {

    private static final int INTERNAL_PORT = 8080;

    @TempDir
    private Path folder;

    private final String platform = TestDocker.uniqueName();
    private NginxContainer nginx;
    private DockerCommandRunner runner;
    private NginxRouteWriter routes;
    private DockerContainerRuntime docker;
    private ContainerNetwork network;

    @BeforeEach
    void start() {
        docker = new DockerContainerRuntime(
                DockerRuntimeSettings.defaults().withHost(Service.dockerHost()).withNamePrefix(platform),
                TestDocker.notInAContainer(),
                platform);
        network = docker.network(soon()).orElseThrow();
        nginx = NginxContainer.published(folder, Path.of("/routes"));
        nginx.join(network.id());
        runner = nginx.runner();
        routes = nginx.writer(runner);
    }

    @AfterEach
    void giveEverythingBack() {
        docker.close();
        runner.close();
        nginx.remove();
        nginx.docker().removeEverythingOf(platform);
        nginx.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60));
    }

    private ModuleDeployer deployer(String upstream) {
        DeployerBuilder builder = ModuleDeployer.builder().inMemory().routeWriter(routes);
        return builder.containerRuntime(docker)
                .setting("a64.upstream", upstream)
                .build();
    }

    private static ModuleSpec module() {
        return ModuleSpec.builder("shop")
                .image(Service.DEMO_IMAGE)
                .port(INTERNAL_PORT)
                .spec();
    }

    @Test
    @DisplayName("a route leads to the container's own address in the shared network if a64.upstream says so")
    void ownAddress() throws IOException {
        try (ModuleDeployer deployer = deployer("container")) {
            deployer.deploy(module());

            assertThat(nginx.status("/shop/")).isEqualTo(200);
            Route route = routes.routes(soon()).get(0);
            assertThat(route.upstreams()).allSatisfy(upstream -> {
                assertThat(upstream.port()).isEqualTo(INTERNAL_PORT);
                assertThat(upstream.address()).isNotEqualTo(docker.publishAddress());
            });
            deployer.undeploy("shop");
            assertThat(nginx.status("/shop/")).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("what NGINX cannot reach from its container is not called deployed")
    void publishedOnLoopback() throws IOException {
        try (ModuleDeployer deployer = deployer("published")) {
            DeploymentException failure =
                    catchThrowableOfType(DeploymentException.class, () -> deployer.deploy(module()));

            assertThat(failure.kind()).isEqualTo(FailureKind.MODULE_FAILED);
            assertThat(failure).hasMessageContaining("cannot reach");
            assertThat(nginx.status("/shop/")).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("a container that is away makes a typed failure in time, and the same call works when it is back")
    void nginxAway() throws IOException {
        nginx.remove();
        try (ModuleDeployer deployer = deployer("container")) {
            Deadline deadline = soon();
            DeploymentException failure =
                    catchThrowableOfType(DeploymentException.class, () -> deployer.deploy(module()));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining(nginx.name());
            assertThat(deadline.hasPassed()).isFalse();

            nginx.start();
            nginx.join(network.id());
            deployer.deploy(module());
            assertThat(nginx.status("/shop/")).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("the settings alone bring a writer for NGINX in a container")
    void bySettings() throws IOException {
        Map<String, String> settings = Map.of(
                "a64.nginx.container", nginx.name(),
                "a64.nginx.config-dir", nginx.settings().configDirectory().toString(),
                "a64.nginx.listen", nginx.settings().listen(),
                "a64.docker.host", Service.dockerHost(),
                "a64.upstream", "container");
        try (ModuleDeployer deployer = ModuleDeployer.builder()
                .inMemory()
                .routeWriter("nginx")
                .containerRuntime(docker)
                .settings(settings)
                .build()) {
            deployer.deploy(module());

            assertThat(nginx.status("/shop/")).isEqualTo(200);
        }
    }
}
