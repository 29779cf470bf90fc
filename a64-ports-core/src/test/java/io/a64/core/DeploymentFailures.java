package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.spi.ContainerRuntime;
import io.a64.core.Faulty.When;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.event.DeploymentEvent;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.module.Readiness;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.proxy.spi.RouteWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when a deployment or an undeployment fails, wherever it fails. */
abstract class DeploymentFailures extends DeploymentFixture {

    @ParameterizedTest
    @EnumSource
    void a_step_whose_request_is_lost_leaves_everything_as_before(StepFault fault) {
        assertUndone(fault, When.REQUEST_LOST);
    }

    @ParameterizedTest
    @EnumSource
    void a_step_whose_answer_is_lost_leaves_everything_as_before(StepFault fault) {
        assertUndone(fault, When.ANSWER_LOST);
    }

    private void assertUndone(StepFault fault, When when) {
        try (ModuleDeployer deployer = world().deployer().build()) {
            deployer.deploy(spec("neighbour", world().image()), LIMIT);
        }
        List<String> before = world().held();
        try (ModuleDeployer deployer = fault.deployer(world(), when)) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().image()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.module()).isEqualTo("shop");
                        assertThat(failure.step()).contains(fault.step());
                        assertThat(failure)
                                .hasMessageContainingAll("shop", fault.step().label());
                        assertThat(failure.getSuppressed()).isEmpty();
                    });
        }
        assertThat(world().held()).isEqualTo(before);
    }

    @Test
    void an_undo_that_fails_is_reported_and_does_not_hide_the_first_error() {
        List<DeploymentEvent> events = new CopyOnWriteArrayList<>();
        World faulty = world().with(Faulty.at(RouteWriter.class, world().routes(), "prove", When.REQUEST_LOST))
                .with(Faulty.at(ContainerRuntime.class, world().runtime(), "remove", When.REQUEST_LOST));
        try (ModuleDeployer deployer = faulty.deployer().listener(events::add).build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().image()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.step()).contains(DeploymentStep.PROVE);
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(Faulty.Planted.class);
                    });
        }
        assertThat(events).hasAtLeastOneElementOfType(DeploymentEvent.UndoFailed.class);
        try (ModuleDeployer deployer = world().deployer().build()) {
            assertThat(deployer.find("shop")).map(Deployment::state).contains(ModuleState.UNINSTALLING);
            deployer.undeploy("shop");
        }
        assertThat(world().held()).isEmpty();
    }

    @Test
    void a_module_that_ends_at_once_is_reported_with_its_last_lines() {
        try (ModuleDeployer deployer = world().deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().brokenImage()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.MODULE_FAILED);
                        assertThat(failure.step()).contains(DeploymentStep.READY);
                        assertThat(failure.evidence()).isNotEmpty();
                    });
        }
        assertThat(world().held()).isEmpty();
    }

    @Test
    void a_module_that_is_never_ready_is_reported_with_its_last_answer() {
        ModuleSpec impatient = world().unreadyImage()
                .apply(ModuleSpec.builder("shop"))
                .port(8080)
                .readiness(Readiness.http("/health").within(Duration.ofSeconds(1)))
                .spec();
        try (ModuleDeployer deployer = world().deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(impatient, LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.MODULE_FAILED);
                        assertThat(failure.evidence()).first().asString().contains("503");
                    });
        }
        assertThat(world().held()).isEmpty();
    }

    @Test
    void a_deployment_ends_by_its_own_deadline_and_is_undone() {
        try (ModuleDeployer deployer = world().deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world().unreadyImage()), Duration.ofSeconds(4)))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED));
        }
        assertThat(world().held()).isEmpty();
    }

    @Test
    void an_interrupt_ends_a_deployment_which_is_undone_and_keeps_the_flag() throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        ExecutorService host = Executors.newSingleThreadExecutor();
        try (ModuleDeployer deployer = world().deployer()
                .listener(event -> {
                    if (event.step() == DeploymentStep.READY) {
                        waiting.complete(Thread.currentThread());
                    }
                })
                .build()) {
            Future<Boolean> flag = host.submit(() -> {
                assertThatExceptionOfType(DeploymentException.class)
                        .isThrownBy(() -> deployer.deploy(spec("shop", world().unreadyImage()), LIMIT))
                        .satisfies(failure -> assertThat(failure.step()).contains(DeploymentStep.READY));
                return Thread.currentThread().isInterrupted();
            });
            waiting.get().interrupt();
            assertThat(flag.get()).isTrue();
        } finally {
            host.shutdown();
        }
        assertThat(world().held()).isEmpty();
    }

    @Test
    void what_a_cut_off_deployment_left_behind_is_cleared_away_by_the_next_one() {
        Deadline deadline = Deadline.after(LIMIT);
        PortAllocation stale =
                world().allocator().allocate(new PortRequest("shop", 1, "somebody-who-died", List.of(8080)), deadline);
        Instant past = world().store().now(deadline).minusSeconds(1);
        world().store()
                .insert(
                        new ModuleRecord(
                                1,
                                ModuleState.INSTALLING,
                                spec("shop", world().image()),
                                stale,
                                past,
                                Optional.of(past)),
                        deadline);
        try (ModuleDeployer deployer = world().deployer().build()) {
            assertThat(deployer.deploy(spec("shop", world().image()), LIMIT).state())
                    .isEqualTo(ModuleState.RUNNING);
            assertThat(world().store().list(deadline)).hasSize(1);
        }
    }

    @Test
    void an_undeployment_that_fails_can_be_repeated() {
        try (ModuleDeployer deployer = world().deployer().build()) {
            deployer.deploy(spec("shop", world().image()), LIMIT);
        }
        World faulty = world().with(Faulty.at(ContainerRuntime.class, world().runtime(), "remove", When.REQUEST_LOST));
        try (ModuleDeployer deployer = faulty.deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class).isThrownBy(() -> deployer.undeploy("shop"));
        }
        try (ModuleDeployer deployer = world().deployer().build()) {
            deployer.undeploy("shop");
        }
        assertThat(world().held()).isEmpty();
    }
}
