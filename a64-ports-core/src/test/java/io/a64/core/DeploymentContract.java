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
import io.a64.deploy.Undeployment;
import io.a64.deploy.event.DeploymentEvent;
import io.a64.deploy.event.DeploymentEvent.StepDone;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.spi.ModuleRecord;
import io.a64.deploy.spi.ModuleStore;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.module.Readiness;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.spi.PortAllocator;
import io.a64.probe.HttpProbe;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a whole deployment does, whatever its parts are. */
abstract class DeploymentContract {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CROWD = 20;

    private World world;

    /** Returns the parts, empty of modules. */
    abstract World world();

    @BeforeEach
    void prepare() {
        world = world();
    }

    /** The ten steps, and what makes each of them fail. */
    enum StepFault {
        ADMIT {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.deployer()
                        .admissionPolicy(spec -> Optional.of("refused"))
                        .build();
            }
        },
        ALLOCATE {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(PortAllocator.class, world.allocator(), "allocate", when))
                        .deployer()
                        .build();
            }
        },
        RECORD {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(ModuleStore.class, world.store(), "insert", when))
                        .deployer()
                        .build();
            }
        },
        NETWORK {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(ContainerRuntime.class, world.runtime(), "network", when))
                        .deployer()
                        .build();
            }
        },
        CREATE {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(ContainerRuntime.class, world.runtime(), "create", when))
                        .deployer()
                        .build();
            }
        },
        START {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(ContainerRuntime.class, world.runtime(), "start", when))
                        .deployer()
                        .build();
            }
        },
        READY {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(ContainerRuntime.class, world.runtime(), "status", when))
                        .deployer()
                        .build();
            }
        },
        PUBLISH {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(RouteWriter.class, world.routes(), "publish", when))
                        .deployer()
                        .build();
            }
        },
        PROVE {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(RouteWriter.class, world.routes(), "prove", when))
                        .deployer()
                        .build();
            }
        },
        ACTIVATE {
            @Override
            ModuleDeployer deployer(World world, When when) {
                return world.with(Faulty.at(ModuleStore.class, world.store(), "replace", when))
                        .deployer()
                        .build();
            }
        };

        abstract ModuleDeployer deployer(World world, When when);

        DeploymentStep step() {
            return DeploymentStep.valueOf(name());
        }
    }

    @Test
    void a_module_goes_through_the_ten_steps_in_order_and_is_reached_by_its_urls() throws IOException {
        List<DeploymentEvent> events = new CopyOnWriteArrayList<>();
        try (ModuleDeployer deployer = world.deployer().listener(events::add).build()) {
            Deployment deployment = deployer.deploy(spec("shop", world.image()), LIMIT);

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
        List<String> before = world.held();
        try (ModuleDeployer deployer = world.deployer().build()) {
            Deployment first = deployer.deploy(spec("shop", world.image()), LIMIT);

            Undeployment undeployment = deployer.undeploy("shop");

            assertThat(undeployment.releasedPorts())
                    .containsExactlyElementsOf(first.ports().values());
            assertThat(world.held()).isEqualTo(before);
            Deployment second = deployer.deploy(spec("blog", world.image()), LIMIT);
            assertThat(second.ports()).isEqualTo(first.ports());
        }
    }

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
        try (ModuleDeployer deployer = world.deployer().build()) {
            deployer.deploy(spec("neighbour", world.image()), LIMIT);
        }
        List<String> before = world.held();
        try (ModuleDeployer deployer = fault.deployer(world, when)) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world.image()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.module()).isEqualTo("shop");
                        assertThat(failure.step()).contains(fault.step());
                        assertThat(failure)
                                .hasMessageContainingAll("shop", fault.step().label());
                        assertThat(failure.getSuppressed()).isEmpty();
                    });
        }
        assertThat(world.held()).isEqualTo(before);
    }

    @Test
    void an_undo_that_fails_is_reported_and_does_not_hide_the_first_error() {
        List<DeploymentEvent> events = new CopyOnWriteArrayList<>();
        World faulty = world.with(Faulty.at(RouteWriter.class, world.routes(), "prove", When.REQUEST_LOST))
                .with(Faulty.at(ContainerRuntime.class, world.runtime(), "remove", When.REQUEST_LOST));
        try (ModuleDeployer deployer = faulty.deployer().listener(events::add).build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world.image()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.step()).contains(DeploymentStep.PROVE);
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(Faulty.Planted.class);
                    });
        }
        assertThat(events).hasAtLeastOneElementOfType(DeploymentEvent.UndoFailed.class);
        try (ModuleDeployer deployer = world.deployer().build()) {
            assertThat(deployer.find("shop")).map(Deployment::state).contains(ModuleState.UNINSTALLING);
            deployer.undeploy("shop");
        }
        assertThat(world.held()).isEmpty();
    }

    @Test
    void a_module_that_ends_at_once_is_reported_with_its_last_lines() {
        try (ModuleDeployer deployer = world.deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world.brokenImage()), LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.MODULE_FAILED);
                        assertThat(failure.step()).contains(DeploymentStep.READY);
                        assertThat(failure.evidence()).isNotEmpty();
                    });
        }
        assertThat(world.held()).isEmpty();
    }

    @Test
    void a_module_that_is_never_ready_is_reported_with_its_last_answer() {
        ModuleSpec impatient = world.unreadyImage()
                .apply(ModuleSpec.builder("shop"))
                .port(8080)
                .readiness(Readiness.http("/health").within(Duration.ofSeconds(1)))
                .spec();
        try (ModuleDeployer deployer = world.deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(impatient, LIMIT))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(FailureKind.MODULE_FAILED);
                        assertThat(failure.evidence()).first().asString().contains("503");
                    });
        }
        assertThat(world.held()).isEmpty();
    }

    @Test
    void a_deployment_ends_by_its_own_deadline_and_is_undone() {
        try (ModuleDeployer deployer = world.deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world.unreadyImage()), Duration.ofSeconds(4)))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE_EXCEEDED));
        }
        assertThat(world.held()).isEmpty();
    }

    @Test
    void an_interrupt_ends_a_deployment_which_is_undone_and_keeps_the_flag() throws Exception {
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        ExecutorService host = Executors.newSingleThreadExecutor();
        try (ModuleDeployer deployer = world.deployer()
                .listener(event -> {
                    if (event.step() == DeploymentStep.READY) {
                        waiting.complete(Thread.currentThread());
                    }
                })
                .build()) {
            Future<Boolean> flag = host.submit(() -> {
                assertThatExceptionOfType(DeploymentException.class)
                        .isThrownBy(() -> deployer.deploy(spec("shop", world.unreadyImage()), LIMIT))
                        .satisfies(failure -> assertThat(failure.step()).contains(DeploymentStep.READY));
                return Thread.currentThread().isInterrupted();
            });
            waiting.get().interrupt();
            assertThat(flag.get()).isTrue();
        } finally {
            host.shutdown();
        }
        assertThat(world.held()).isEmpty();
    }

    @Test
    void twenty_modules_deployed_by_twenty_threads_get_twenty_ports_and_twenty_live_routes() throws Exception {
        ExecutorService host = Executors.newFixedThreadPool(CROWD);
        try (ModuleDeployer deployer =
                world.deployer().executor(host).timeout(Duration.ofMinutes(3)).build()) {
            List<CompletableFuture<Deployment>> futures = IntStream.range(0, CROWD)
                    .mapToObj(i -> deployer.deployAsync(spec("module-" + i, world.image())))
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
            assertThat(world.held()).isEmpty();
        } finally {
            host.shutdown();
        }
    }

    @Test
    void one_of_several_deployments_of_a_module_wins_and_the_others_are_told() throws Exception {
        ExecutorService host = Executors.newFixedThreadPool(4);
        try (ModuleDeployer deployer = world.deployer().executor(host).build()) {
            List<CompletableFuture<FailureKind>> outcomes = IntStream.range(0, 4)
                    .mapToObj(i -> deployer.deployAsync(spec("shop", world.image()))
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
        try (ModuleDeployer deployer = world.deployer().build()) {
            deployer.deploy(spec("shop", world.image()), LIMIT);
            List<String> before = world.held();

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("shop", world.image()), LIMIT))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.undeploy("nobody"))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND));
            assertThat(world.held()).isEqualTo(before);
        }
    }

    @Test
    void what_a_cut_off_deployment_left_behind_is_cleared_away_by_the_next_one() {
        Deadline deadline = Deadline.after(LIMIT);
        PortAllocation stale =
                world.allocator().allocate(new PortRequest("shop", 1, "somebody-who-died", List.of(8080)), deadline);
        Instant past = world.store().now(deadline).minusSeconds(1);
        world.store()
                .insert(
                        new ModuleRecord(
                                1, ModuleState.INSTALLING, spec("shop", world.image()), stale, past, Optional.of(past)),
                        deadline);
        try (ModuleDeployer deployer = world.deployer().build()) {
            assertThat(deployer.deploy(spec("shop", world.image()), LIMIT).state())
                    .isEqualTo(ModuleState.RUNNING);
            assertThat(world.store().list(deadline)).hasSize(1);
        }
    }

    @Test
    void an_undeployment_that_fails_can_be_repeated() {
        try (ModuleDeployer deployer = world.deployer().build()) {
            deployer.deploy(spec("shop", world.image()), LIMIT);
        }
        World faulty = world.with(Faulty.at(ContainerRuntime.class, world.runtime(), "remove", When.REQUEST_LOST));
        try (ModuleDeployer deployer = faulty.deployer().build()) {
            assertThatExceptionOfType(DeploymentException.class).isThrownBy(() -> deployer.undeploy("shop"));
        }
        try (ModuleDeployer deployer = world.deployer().build()) {
            deployer.undeploy("shop");
        }
        assertThat(world.held()).isEmpty();
    }

    private static ModuleSpec spec(String name, UnaryOperator<ModuleSpec.Builder> image) {
        return image.apply(ModuleSpec.builder(name))
                .port(8080)
                .readiness(Readiness.http("/health"))
                .spec();
    }

    private void assertReached(Deployment deployment) throws IOException {
        assertThat(get(deployment.urls().direct().get(0)).status()).isEqualTo(200);
        if (world.servesHttp()) {
            HttpProbe.Answer answer =
                    get(deployment.urls().proxy().orElseThrow().resolve("a/b?x=1"));
            assertThat(answer.body())
                    .contains("\"module\":\"" + deployment.module() + "\"", "\"path\":\"/a/b\"", "\"query\":\"x=1\"");
        }
    }

    private static HttpProbe.Answer get(URI uri) throws IOException {
        return HttpProbe.get(uri, Deadline.after(LIMIT), Duration.ofSeconds(10));
    }
}
