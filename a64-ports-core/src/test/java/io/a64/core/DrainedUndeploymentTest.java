package io.a64.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.memory.DemoImages;
import io.a64.container.memory.InMemoryContainerRuntime;
import io.a64.container.spi.ContainerRuntime;
import io.a64.core.Faulty.When;
import io.a64.deploy.DeployerBuilder;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.event.DeploymentEvent;
import io.a64.deploy.event.DeploymentEvent.StepUndone;
import io.a64.deploy.event.DeploymentStep;
import io.a64.module.ModuleSpec;
import io.a64.proxy.RouteException;
import io.a64.proxy.memory.InMemoryRouteWriter;
import io.a64.proxy.spi.RouteWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An undeployment lets what is under way come to its end. */
class DrainedUndeploymentTest {

    private static final Set<String> WATCHED = Set.of("remove", "awaitDrained");

    private final InMemoryContainerRuntime runtime =
            DemoImages.addTo(InMemoryContainerRuntime.builder()).build();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<DeploymentEvent> events = new CopyOnWriteArrayList<>();
    private Predicate<Deadline> drain = deadline -> true;

    @AfterEach
    void giveEverythingBack() {
        runtime.close();
    }

    @Test
    void theContainerIsStoppedOnceTheRouteIsOutAndDrained() {
        try (ModuleDeployer deployer = deployer().build()) {
            deployer.deploy(shop());

            deployer.undeploy("shop");
        }

        assertThat(calls).containsExactly("routes remove", "routes awaitDrained", "containers remove");
        assertThat(detail()).isEqualTo("route removed; no request is under way");
    }

    @Test
    void whatIsStillUnderWayAfterTheTimeEndsWithTheContainer() {
        drain = DrainedUndeploymentTest::waitInVain;
        try (ModuleDeployer deployer =
                deployer().drainTimeout(Duration.ofMillis(50)).build()) {
            deployer.deploy(shop());

            deployer.undeploy("shop");

            assertThat(deployer.find("shop")).isEmpty();
        }
        assertThat(detail()).isEqualTo("route removed; requests or sockets still under way after PT0.05S end now");
        assertThat(runtime.list(soon())).isEmpty();
    }

    @Test
    void aProxyThatCannotTellDoesNotStopAnUndeployment() {
        drain = deadline -> {
            throw new RouteException(FailureKind.UNAVAILABLE, "shop", "nobody knows", List.of(), null);
        };
        try (ModuleDeployer deployer = deployer().build()) {
            deployer.deploy(shop());

            deployer.undeploy("shop");
        }
        assertThat(detail()).contains("nobody knows");
        assertThat(runtime.list(soon())).isEmpty();
    }

    @Test
    void anInterruptedWaitEndsTheUndeploymentWhichDrainsAgainWhenItIsRepeated() {
        drain = deadline -> {
            throw new RouteException(FailureKind.INTERRUPTED, "shop", "interrupted", List.of(), null);
        };
        try (ModuleDeployer deployer = deployer().build()) {
            deployer.deploy(shop());
            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.undeploy("shop"))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED));
            assertThat(runtime.list(soon())).hasSize(1);
            drain = deadline -> true;

            deployer.undeploy("shop");
        }
        assertThat(detail()).isEqualTo("no route; no request is under way");
        assertThat(calls).endsWith("routes awaitDrained", "containers remove");
    }

    @Test
    void theWaitLeavesHalfOfTheUndeploymentsOwnTimeToTheRest() {
        drain = DrainedUndeploymentTest::waitInVain;
        try (ModuleDeployer deployer =
                deployer().drainTimeout(Duration.ofHours(1)).build()) {
            deployer.deploy(shop());

            deployer.undeploy("shop", Duration.ofSeconds(2));
        }
        assertThat(runtime.list(soon())).isEmpty();
    }

    @Test
    void theTimeMayBeASettingAndTheBuilderBeatsIt() {
        drain = DrainedUndeploymentTest::waitInVain;
        try (ModuleDeployer deployer =
                deployer().setting("a64.drain-timeout", "PT0.02S").build()) {
            deployer.deploy(shop());
            deployer.undeploy("shop");
        }
        assertThat(detail()).contains("PT0.02S");
        try (ModuleDeployer deployer = deployer()
                .setting("a64.drain-timeout", "PT1H")
                .drainTimeout(Duration.ZERO)
                .build()) {
            deployer.deploy(shop());
            deployer.undeploy("shop");
        }
        assertThat(detail()).contains("PT0S");
    }

    @Test
    void aDeploymentThatIsUndoneWaitsForNobody() {
        drain = deadline -> {
            throw new AssertionError("nothing was proven, so nothing is under way");
        };
        RouteWriter unproven = Faulty.at(RouteWriter.class, routes(), "prove", When.REQUEST_LOST);
        try (ModuleDeployer deployer = deployer().routeWriter(unproven).build()) {
            assertThatExceptionOfType(DeploymentException.class).isThrownBy(() -> deployer.deploy(shop()));
        }
        assertThat(runtime.list(soon())).isEmpty();
    }

    @Test
    void aModuleWithoutRouteHasNothingToDrain() {
        drain = deadline -> {
            throw new AssertionError("there is no route");
        };
        try (ModuleDeployer deployer = deployer().build()) {
            deployer.deploy(ModuleSpec.builder("shop")
                    .image("demo/shop:1")
                    .port(8080)
                    .withoutRoute()
                    .spec());

            deployer.undeploy("shop");
        }
        assertThat(detail()).isEqualTo("no route");
    }

    private static boolean waitInVain(Deadline deadline) {
        try {
            deadline.pause(Duration.ofHours(1));
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeployerBuilder deployer() {
        return ModuleDeployer.builder()
                .inMemory()
                .setting("a64.ports.range", "22100-22199")
                .containerRuntime(watched(ContainerRuntime.class, runtime, "containers"))
                .routeWriter(routes())
                .listener(events::add);
    }

    private RouteWriter routes() {
        return watched(RouteWriter.class, new InMemoryRouteWriter(), "routes");
    }

    private <T> T watched(Class<T> type, T delegate, String label) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (WATCHED.contains(method.getName())) {
                        calls.add(label + " " + method.getName());
                    }
                    if (method.getName().equals("awaitDrained")) {
                        return drain.test((Deadline) arguments[1]);
                    }
                    try {
                        return method.invoke(delegate, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }

    private static ModuleSpec shop() {
        return ModuleSpec.builder("shop").image("demo/shop:1").port(8080).spec();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    /** Returns what the latest removal of a route said. */
    private String detail() {
        return events.stream()
                .filter(StepUndone.class::isInstance)
                .filter(event -> event.step() == DeploymentStep.PUBLISH)
                .reduce((first, second) -> second)
                .orElseThrow()
                .detail();
    }
}
