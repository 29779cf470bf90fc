package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.test.services.MongodProcess;
import io.a64.test.services.OwnServer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of ports when a replica set of three loses its primary, or its majority. */
@Timeout(180)
@RequiresService(Service.MONGOD)
class FailoverCasesIT extends RegistryCases {
    @RegisterExtension
    static final OwnServer<MongodReplicaSet> SET = new OwnServer<>(MongodReplicaSet::start);

    FailoverCasesIT() {
        super(new MongoDatabaseExtension(() -> SET.get().uri()));
    }

    @BeforeEach
    void settle() {
        SET.get().awaitSettled();
    }

    private MongoPortAllocator tiedHost() {
        MongoPortAllocator host =
                MongoPortAllocator.using(mongo.client(), mongo.database().getName(), ports(100));
        host.statistics(soon());
        return host;
    }

    /** The secondaries get nothing, so that the primary alone has the claim when it steps down. */
    @Test
    @DisplayName("case 39: a primary that steps down between a claim and its answer costs no port and doubles none")
    void aStepDownBetweenTheWriteAndItsAnswer() throws Exception {
        MongoPortAllocator host = tiedHost();
        PortAllocation before = bound(host, "before", 1, 2);
        MongodProcess primary = SET.get().primary();
        List<MongodProcess> secondaries = SET.get().secondaries();
        secondaries.forEach(secondary -> replicate(secondary, "alwaysOn"));
        CompletableFuture<PortAllocation> claim = CompletableFuture.supplyAsync(() -> allocate(host, "shop", 1, 2));
        await("the claim on the primary alone").until(() -> activeOn(primary) == 4);

        SET.get()
                .admin(
                        primary,
                        new Document("replSetStepDown", 8)
                                .append("secondaryCatchUpPeriodSecs", 0)
                                .append("force", true));
        secondaries.forEach(secondary -> replicate(secondary, "off"));

        assertThat(claim.get().ports().values())
                .hasSize(2)
                .doesNotContainAnyElementsOf(before.ports().values());
        assertThat(host.confirm(claim.get(), soon())).isTrue();
        SET.get().awaitSettled();
        assertThat(heldPorts(host)).hasSize(4).containsAll(claim.get().ports().values());
    }

    private void replicate(MongodProcess secondary, String mode) {
        SET.get().admin(secondary, new Document("configureFailPoint", "stopReplProducer").append("mode", mode));
    }

    private long activeOn(MongodProcess server) {
        try (MongoClient direct = MongoClients.create(server.uri())) {
            return direct.getDatabase(mongo.database().getName())
                    .getCollection("port_registry")
                    .countDocuments(new Document("status", "active"));
        }
    }

    @Test
    @DisplayName(
            "case 39: claims that a frozen primary never answered are made elsewhere, and bound once when it wakes up")
    void aFrozenPrimary() {
        List<MongoPortAllocator> hosts = List.of(tiedHost(), tiedHost());
        List<CompletableFuture<PortAllocation>> claims = new ArrayList<>();

        SET.get().freezePrimary(() -> {
            for (int i = 0; i < 8; i++) {
                String module = "module-" + i;
                MongoPortAllocator host = hosts.get(i % 2);
                claims.add(CompletableFuture.supplyAsync(() -> allocate(host, module, 1, 2)));
            }
        });
        List<PortAllocation> allocations =
                claims.stream().map(CompletableFuture::join).toList();
        SET.get().awaitSettled();

        assertThat(allocations).allMatch(allocation -> hosts.get(0).confirm(allocation, soon()), "is confirmed");
        List<Integer> ports = allocations.stream()
                .flatMap(allocation -> allocation.ports().values().stream())
                .toList();
        assertThat(ports).hasSize(16).doesNotHaveDuplicates();
        assertThat(heldPorts(hosts.get(1))).containsExactlyInAnyOrderElementsOf(ports);
    }

    @Test
    @DisplayName(
            "case 40: without a majority a claim fails by its deadline, and what it left lapses when the others return")
    void withoutAMajority() {
        MongoPortAllocator host = tiedHost();
        PortAllocation installed = bound(host, "installed");
        List<MongodProcess> secondaries = SET.get().secondaries();
        Duration limit = Duration.ofSeconds(3);
        secondaries.forEach(MongodProcess::freeze);
        PortException failure;
        long start = System.nanoTime();
        try {
            failure = failure(() -> host.allocate(request("shop", 1, 2), Deadline.after(limit)));
        } finally {
            secondaries.forEach(MongodProcess::resume);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.plusSeconds(3));
        assertThat(failure.kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED);
        SET.get().awaitSettled();
        assertThat(registry().countDocuments(new Document("phase", "bound"))).isEqualTo(1);
        passTime(LEASE.plusSeconds(1));
        tiedHost();
        assertThat(heldPorts(tiedHost()))
                .containsExactlyElementsOf(installed.ports().values());
        passTime(COOLDOWN.plusSeconds(1));
        assertThat(allocate(tiedHost(), "shop", 1, 2).ports().values()).containsExactly(9001, 9002);
    }
}
