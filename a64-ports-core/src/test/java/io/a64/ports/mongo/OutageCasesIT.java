package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.container.memory.DemoImages;
import io.a64.container.memory.InMemoryContainerRuntime;
import io.a64.deploy.Deployment;
import io.a64.deploy.DeploymentException;
import io.a64.deploy.ModuleDeployer;
import io.a64.deploy.memory.MemoryModuleStore;
import io.a64.module.ModuleSpec;
import io.a64.module.ModuleState;
import io.a64.module.Readiness;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.registry.RegistrySettings;
import io.a64.probe.HttpProbe;
import io.a64.proxy.memory.InMemoryRouteWriter;
import io.a64.test.services.MongodProcess;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MongoDB is away: at the start, in the midst of work, for longer than a lease. Nothing has to be started again after. */
@Timeout(180)
@RequiresService(Service.MONGOD)
class OutageCasesIT {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** What a call may take beyond its deadline on a busy machine. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private static final RegistrySettings SETTINGS = new RegistrySettings(
            new PortRange(22200, 22299), List.of(), Duration.ofSeconds(2), Duration.ofSeconds(1), "local");

    private final MongodProcess server = MongodProcess.start();
    private final MongoClient client = MongoClients.create(server.uri() + "&heartbeatFrequencyMS=500");
    private final AtomicLong nanoTime = new AtomicLong();
    private final MongoPortAllocator host =
            MongoPortAllocator.using(client.getDatabase("a64_outage"), SETTINGS, nanoTime::get);

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    @DisplayName(
            "case 43: a registry that is away at the start fails by the deadline, and serves as soon as it is there")
    void awayAtTheStart() {
        server.kill();

        assertOutage(() -> host.allocate(RegistryCases.request("shop", 8080), Deadline.after(LIMIT)));
        server.restart();

        assertThat(RegistryCases.bound(host, "shop").ports()).containsEntry(8080, 22200);
    }

    @Test
    @DisplayName("case 43: a registry that goes away before a look, a claim or a sweep fails each by its deadline")
    void awayInTheMidstOfWork() {
        PortAllocation installed = RegistryCases.bound(host, "installed");
        PortAllocation reserved = RegistryCases.allocate(host, "reserved");
        server.kill();

        assertOutage(() -> host.allocate(RegistryCases.request("shop", 8080), Deadline.after(LIMIT)));
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        assertOutage(() -> host.allocate(RegistryCases.request("shop", 8080), Deadline.after(LIMIT)));
        assertOutage(() -> host.statistics(Deadline.after(LIMIT)));
        assertOutage(() -> host.renew(reserved, Deadline.after(LIMIT)));
        assertOutage(() -> host.confirm(reserved, Deadline.after(LIMIT)));
        server.restart();

        assertThat(host.confirm(installed, RegistryCases.soon())).isTrue();
        assertThat(RegistryCases.bound(host, "shop").ports()).containsEntry(8080, 22202);
    }

    @Test
    @DisplayName("case 43: an outage longer than the lease ends reservations, and leaves what is bound as it was")
    void awayForLongerThanTheLease() {
        PortAllocation installed = RegistryCases.bound(host, "installed");
        PortAllocation reserved = RegistryCases.allocate(host, "reserved");
        server.kill();
        assertOutage(() -> host.renew(reserved, Deadline.after(SETTINGS.lease().plus(LIMIT))));
        server.restart();
        nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(RegistryCases.heldPorts(host)).containsExactly(22200);
        assertThat(host.confirm(reserved, RegistryCases.soon())).isFalse();
        assertThat(host.confirm(installed, RegistryCases.soon())).isTrue();
    }

    @Test
    @DisplayName("case 43: installed modules run on while the registry is away, and deployments work again after")
    void installedModulesRunOn() throws IOException {
        try (InMemoryContainerRuntime runtime =
                        DemoImages.addTo(InMemoryContainerRuntime.builder()).build();
                ModuleDeployer deployer = ModuleDeployer.builder()
                        .portAllocator(host)
                        .moduleStore(MemoryModuleStore.create())
                        .containerRuntime(runtime)
                        .routeWriter(new InMemoryRouteWriter())
                        .build()) {
            Deployment shop = deployer.deploy(spec("shop"));
            server.kill();

            assertThatExceptionOfType(DeploymentException.class)
                    .isThrownBy(() -> deployer.deploy(spec("next"), LIMIT))
                    .satisfies(failure ->
                            assertThat(failure.kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED));
            HttpProbe.Answer answer =
                    HttpProbe.get(shop.urls().direct().get(0), RegistryCases.soon(), Duration.ofSeconds(5));
            assertThat(answer.status()).isEqualTo(200);
            server.restart();

            assertThat(deployer.deploy(spec("next")).state()).isEqualTo(ModuleState.RUNNING);
        }
    }

    private static ModuleSpec spec(String name) {
        return ModuleSpec.builder(name)
                .image("demo/shop:1")
                .port(8080)
                .readiness(Readiness.http("/health"))
                .spec();
    }

    private static void assertOutage(Runnable call) {
        long start = System.nanoTime();
        PortException failure = RegistryCases.failure(call::run);
        assertThat(failure.kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(SETTINGS.lease().plus(LIMIT).plus(MARGIN));
    }
}
