package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.a64.FailureKind;
import io.a64.container.memory.HandlerResponse;
import io.a64.container.memory.InMemoryContainerRuntime;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.event.DeploymentStep;
import io.a64.deploy.memory.MemoryModuleStore;
import io.a64.module.ModuleSpec;
import io.a64.module.Readiness;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.registry.Tampered;
import io.a64.ports.spi.PortAllocator;
import io.a64.proxy.memory.InMemoryRouteWriter;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deployment that takes longer than the lease of its ports, while another host sweeps what has lapsed. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class LongDeploymentCasesTest extends RegistryCases {
    /** Long enough that a third of it passes without a renewal only if renewals have stopped. */
    private static final Duration SHORT_LEASE = Duration.ofSeconds(3);

    private static final Duration UNTIL_READY = SHORT_LEASE.multipliedBy(2);
    private static final RegistrySettings SETTINGS =
            ports(10).withRange(new PortRange(22300, 22309)).withLease(SHORT_LEASE);

    private final long begin = System.nanoTime();
    private final InMemoryContainerRuntime runtime = InMemoryContainerRuntime.builder()
            .image("slow", request -> HandlerResponse.text(isReady() ? 200 : 503, "here"))
            .build();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    private boolean isReady() {
        return System.nanoTime() - begin > UNTIL_READY.toNanos();
    }

    @AfterEach
    void end() {
        executor.shutdown();
        runtime.close();
    }

    @Test
    @DisplayName("case 19: a deployment twice as long as the lease keeps its ports by renewing them")
    void aDeploymentLongerThanItsLease() {
        MongoPortAllocator host = host(SETTINGS);

        Deployment deployment = deployWhileAnotherHostSweeps(host).join();

        assertThat(deployment.ports()).containsEntry(8080, 22300);
        assertThat(document(22300)).containsEntry("phase", "bound");
    }

    @Test
    @DisplayName("case 19: a deployment whose renewals do not get through loses its ports and is undone")
    void aDeploymentWithoutRenewals() {
        PortAllocator mute = Tampered.method(PortAllocator.class, host(SETTINGS), "renew", (arguments, original) -> {
            throw new PortException(FailureKind.UNAVAILABLE, "planned", null);
        });

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(deployWhileAnotherHostSweeps(mute)::join)
                .withCauseInstanceOf(DeploymentException.class)
                .havingCause()
                .withMessageContaining("22300")
                .satisfies(failure ->
                        assertThat(((DeploymentException) failure).step()).contains(DeploymentStep.ACTIVATE));
        assertThat(runtime.list(soon())).isEmpty();
        assertThat(document(22300))
                .containsEntry("status", "released")
                .containsEntry("release_reason", "lease_expired");
    }

    private CompletableFuture<Deployment> deployWhileAnotherHostSweeps(PortAllocator allocator) {
        MongoPortAllocator other = host(SETTINGS);
        ModuleSpec module = ModuleSpec.builder("shop")
                .image("slow")
                .port(8080)
                .readiness(Readiness.http("/health"))
                .spec();
        try (ModuleDeployer deployer = ModuleDeployer.builder()
                .portAllocator(allocator)
                .moduleStore(MemoryModuleStore.create())
                .containerRuntime(runtime)
                .routeWriter(new InMemoryRouteWriter())
                .executor(executor)
                .build()) {
            CompletableFuture<Deployment> deployment = deployer.deployAsync(module);
            await("the end of the deployment").atMost(Duration.ofMinutes(1)).until(() -> {
                growOld();
                other.statistics(soon());
                return deployment.isDone();
            });
            return deployment;
        }
    }
}
