package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.FailureKind;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.Undeployment;
import io.a64.deploy.event.DeploymentEvent;
import io.a64.deploy.event.DeploymentEvent.StepDone;
import io.a64.deploy.event.DeploymentStep;
import io.a64.module.ModuleState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a whole deployment does, whatever its parts are. */
abstract class DeploymentContract extends DeploymentPorts {

    private static final int CROWD = 20;

    @Test
    void a_module_goes_through_the_ten_steps_in_order_and_is_reached_by_its_urls() throws IOException {
        List<DeploymentEvent> events = new CopyOnWriteArrayList<>();
        try (ModuleDeployer deployer = world().deployer().listener(events::add).build()) {
            Deployment deployment = deployer.deploy(spec("shop", world().image()), LIMIT);

            assertThat(events.stream().filter(StepDone.class::isInstance).map(DeploymentEvent::step))
                    .containsExactly(DeploymentStep.values());
            assertThat(deployment.state()).isEqualTo(ModuleState.RUNNING);
            assertThat(deployment.ports()).containsOnlyKeys(8080);
            assertThat(deployment.proxyRoute()).contains("/shop");
            assertThat(deployer.find("shop")).contains(deployment);
            assertThat(deployer.list()).containsExactly(deployment);
            assertReached(deployment);
        }
    }

    @Test
    void an_undeployed_module_leaves_nothing_and_its_port_is_given_out_again() {
        List<String> before = world().held();
        try (ModuleDeployer deployer = world().deployer().build()) {
            Deployment first = deployer.deploy(spec("shop", world().image()), LIMIT);

            Undeployment undeployment = deployer.undeploy("shop");

            assertThat(undeployment.releasedPorts())
                    .containsExactlyElementsOf(first.ports().values());
            assertThat(world().held()).isEqualTo(before);
            Deployment second = deployer.deploy(spec("blog", world().image()), LIMIT);
            assertThat(second.ports()).isEqualTo(first.ports());
        }
    }

    @Test
    void twenty_modules_deployed_by_twenty_threads_get_twenty_ports_and_twenty_live_routes() throws Exception {
        ExecutorService host = Executors.newFixedThreadPool(CROWD);
        try (ModuleDeployer deployer =
                world().deployer().executor(host).timeout(Duration.ofMinutes(3)).build()) {
            List<CompletableFuture<Deployment>> futures = IntStream.range(0, CROWD)
                    .mapToObj(i -> deployer.deployAsync(spec("module-" + i, world().image())))
                    .toList();
            List<Deployment> deployments =
                    futures.stream().map(CompletableFuture::join).toList();

            assertThat(deployments.stream().flatMap(each -> each.ports().values().stream()))
                    .hasSize(CROWD)
                    .doesNotHaveDuplicates();
            assertThat(deployer.list()).hasSize(CROWD);
            for (Deployment deployment : deployments) {
                assertReached(deployment);
            }
            Stream<CompletableFuture<Undeployment>> away =
                    deployments.stream().map(each -> deployer.undeployAsync(each.module()));
            away.toList().forEach(CompletableFuture::join);
            assertThat(world().held()).isEmpty();
        } finally {
            host.shutdown();
        }
    }

    @Test
    void one_of_several_deployments_of_a_module_wins_and_the_others_are_told() throws Exception {
        ExecutorService host = Executors.newFixedThreadPool(4);
        try (ModuleDeployer deployer = world().deployer().executor(host).build()) {
            List<CompletableFuture<FailureKind>> outcomes = IntStream.range(0, 4)
                    .mapToObj(i -> deployer.deployAsync(spec("shop", world().image()))
                            .handle((deployment, failure) -> kind(failure)))
                    .toList();

            assertThat(outcomes.stream().map(CompletableFuture::join).map(Optional::ofNullable))
                    .filteredOn(Optional::isEmpty)
                    .hasSize(1);
            assertThat(outcomes.stream().map(CompletableFuture::join).filter(kind -> kind != null))
                    .containsOnly(FailureKind.CONFLICT);
            assertThat(deployer.find("shop")).map(Deployment::state).contains(ModuleState.RUNNING);
        } finally {
            host.shutdown();
        }
    }

    private static FailureKind kind(Throwable failure) {
        return failure == null ? null : ((DeploymentException) failure.getCause()).kind();
    }

    @Test
    void an_installed_module_is_not_deployed_again_and_an_unknown_one_not_undeployed() {
        try (ModuleDeployer deployer = world().deployer().build()) {
            deployer.deploy(spec("shop", world().image()), LIMIT);
            List<String> before = world().held();

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().image()), LIMIT))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.undeploy("nobody"))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND));
            assertThat(world().held()).isEqualTo(before);
        }
    }
}
