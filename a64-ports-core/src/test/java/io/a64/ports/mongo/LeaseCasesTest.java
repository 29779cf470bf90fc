package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.OwnServer;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hosts that die, sleep or are interrupted, in processes of their own where that matters. */
@Timeout(120)
@RequiresService(Service.MONGOD)
class LeaseCasesTest extends RegistryCases {
    @RegisterExtension
    static final OwnServer<FaultyServer> SERVER = new OwnServer<>(FaultyServer::replicaSet);

    LeaseCasesTest() {
        super(new MongoDatabaseExtension(() -> SERVER.get().wire().uri()));
    }

    private RemoteHost remote(RegistrySettings settings) {
        return RemoteHost.start(SERVER.get().wire().uri(), mongo.database().getName(), settings);
    }

    /** Nobody waits for a lease inside a call: the other owner is told of the conflict, and gets ports once it is over. */
    @Test
    @DisplayName(
            "case 6: when the holder of a module dies, the next gets other ports after the lease; the old ones rest")
    void theHolderDies() {
        try (RemoteHost holder = remote(ports(10))) {
            assertThat(holder.order("allocate")).isEqualTo("[9000, 9001]");
            holder.kill();
        }
        MongoPortAllocator host = host(ports(10));
        PortRequest next = new PortRequest("remote", 1, "the-next-owner", List.of(8080, 8081));
        assertThat(failure(() -> host.allocate(next, soon())).kind()).isEqualTo(FailureKind.CONFLICT);

        passTime(LEASE.plusSeconds(1));

        assertThat(host.allocate(next, soon()).ports()).isEqualTo(Map.of(8080, 9002, 8081, 9003));
        assertThat(List.of(document(9000), document(9001)))
                .allSatisfy(port ->
                        assertThat(port).containsEntry("status", "released").containsKey("cooling_since"));
    }

    @Test
    @DisplayName(
            "case 16: what was claimed by a host that was killed rests after the lease, and is free after the cooldown")
    void killedAfterTheClaim() {
        try (RemoteHost holder = remote(ports(2))) {
            holder.order("allocate");
            holder.kill();
        }
        MongoPortAllocator host = host(ports(2));

        passTime(LEASE.minusSeconds(20));
        assertThat(failure(() -> allocate(host, "shop", 1, 2)).getMessage()).contains("2 allocated");
        passTime(Duration.ofSeconds(21));
        assertThat(failure(() -> allocate(host, "shop", 1, 2)).getMessage()).contains("2 cooling");
        passTime(COOLDOWN.plusSeconds(1));
        assertThat(allocate(host, "shop", 1, 2).ports().values()).containsExactly(9000, 9001);
    }

    /** Who has the owner on record – the module's record has it before the ports are claimed – can do either. */
    @Test
    @DisplayName("case 17: what was bound by a host that was killed is adopted or released by who knows the owner")
    void killedAfterTheConfirmation() {
        try (RemoteHost holder = remote(ports(5))) {
            holder.order("allocate");
            assertThat(holder.order("confirm 9000")).isEqualTo("true");
            holder.kill();
        }
        MongoPortAllocator restarted = host(ports(5));
        passTime(LEASE.multipliedBy(2));
        PortRequest same = new PortRequest("remote", 1, "remote-owner", List.of(8080, 8081));

        PortAllocation adopted = restarted.allocate(same, soon());

        assertThat(adopted.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001));
        assertThat(restarted.confirm(adopted, soon())).isTrue();
        assertThat(restarted.ledger().orElseThrow().bound(soon())).containsExactly(adopted);
        assertThat(release(restarted, adopted)).isTrue();
        assertThat(active()).isEmpty();
    }

    @Test
    @DisplayName(
            "case 18: a release that a host was killed in is repeated after its restart; a successor is not touched")
    void killedDuringTheRelease() {
        RegistrySettings settings = ports(2).withCooldown(Duration.ZERO);
        try (RemoteHost holder = remote(settings)) {
            holder.order("allocate");
            holder.order("confirm 9000");
            SERVER.get().wire().delay("update");
            holder.send("release 9000");
            SERVER.get().wire().awaitCaught();
            holder.kill();
        }
        PortAllocation known = new PortAllocation("remote", 1, "remote-owner", Map.of(8080, 9000, 8081, 9001));
        MongoPortAllocator restarted = host(settings);

        assertThat(release(restarted, known)).isTrue();
        PortAllocation successor = bound(restarted, "successor", 8080, 8081);
        List<Document> before = documents();
        SERVER.get().wire().letGo();

        assertThat(release(restarted, known)).isFalse();
        assertThat(documents()).as("the first release arrived late").isEqualTo(before);
        assertThat(restarted.confirm(successor, soon())).isTrue();
    }

    @Test
    @DisplayName("case 19: a deployment longer than its lease succeeds while it renews")
    void renewedReservationsLast() {
        MongoPortAllocator host = host(ports(2));
        PortAllocation allocation = allocate(host, "shop", 1, 2);

        for (int i = 0; i < 6; i++) {
            passTime(LEASE.dividedBy(3));
            assertThat(host.renew(allocation, soon())).isTrue();
            assertThat(failure(() -> allocate(host, "other")).kind()).isEqualTo(FailureKind.EXHAUSTED);
        }

        assertThat(host.confirm(allocation, soon())).isTrue();
    }

    @Test
    @DisplayName("case 19: a host frozen for two leases cannot confirm what another host has swept meanwhile")
    void aFrozenHostLosesItsReservation() {
        Duration lease = Duration.ofSeconds(2);
        RegistrySettings settings = ports(2).withLease(lease).withCooldown(Duration.ofSeconds(1));
        try (RemoteHost frozen = remote(settings)) {
            frozen.order("allocate");
            assertThat(frozen.order("renew 9000")).isEqualTo("true");
            frozen.freeze();
            MongoPortAllocator host = host(settings);
            await("the end of the lease and of the cooldown")
                    .atMost(lease.multipliedBy(10))
                    .until(() -> {
                        growOld();
                        return host.statistics(soon()).totalAvailable() == 2;
                    });
            PortAllocation next = bound(host, "next", 1, 2);
            frozen.resume();

            assertThat(frozen.order("renew 9000")).isEqualTo("false");
            assertThat(frozen.order("confirm 9000")).isEqualTo("false");
            assertThat(frozen.order("release 9000")).isEqualTo("false");
            assertThat(host.confirm(next, soon())).isTrue();
        }
    }

    /** A sweep that meets one of two ports first leaves the other to be renewed; that one alone cannot be confirmed. */
    @Test
    @DisplayName("case 20: a renewal that races with the end of its lease is either renewed or fenced, never both")
    void aRenewalRacesWithTheSweep() {
        RegistrySettings settings = ports(200);
        List<MongoPortAllocator> hosts = List.of(host(settings), host(settings));
        for (int round = 0; round < 40; round++) {
            PortAllocation allocation = allocate(hosts.get(0), "module-" + round, 1, 2);
            passTime(LEASE.plusMillis(1));

            boolean kept = InParallel.run(
                            2,
                            number -> number == 0
                                    ? hosts.get(0).renew(allocation, soon())
                                    : hosts.get(1).statistics(soon()).totalAllocated() >= 0)
                    .get(0);

            assertThat(hosts.get(0).confirm(allocation, soon()))
                    .as("confirmed in round %s as it was renewed", round)
                    .isEqualTo(kept);
            assertThat(registry().countDocuments(new Document("phase", "bound")))
                    .isEqualTo(kept ? 2 : 0);
            hosts.get(0).release(allocation, PortUse.NEVER_BOUND, soon());
            assertThat(active()).isEmpty();
        }
    }

    /** The driver's sockets know no interrupts: the call ends by its deadline, and not sooner. */
    @Test
    @DisplayName("case 45: an interrupt during a claim keeps the flag, and what may have been claimed is given back")
    void anInterruptDuringAClaim() throws Exception {
        MongoPortAllocator host =
                MongoPortAllocator.using(mongo.client(), mongo.database().getName(), ports(10));
        host.statistics(soon());
        SERVER.get().wire().delay("update");
        CompletableFuture<PortException> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            failure.complete(
                    failure(() -> host.allocate(request("shop", 1, 2), Deadline.after(Duration.ofMillis(1500)))));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        SERVER.get().wire().awaitCaught();

        caller.interrupt();

        assertThat(failure.get().kind()).isIn(FailureKind.INTERRUPTED, FailureKind.DEADLINE_EXCEEDED);
        assertThat(flag.get()).as("the interrupt flag").isTrue();
        caller.join();
        SERVER.get().wire().letGo();
        passTime(LEASE.plusSeconds(1));
        host(ports(10)).statistics(soon());
        assertThat(active()).as("given back at once, or by the lease").isEmpty();
    }

    @Test
    @DisplayName("case 45: an interrupted thread gets no ports and keeps its flag, whatever it calls")
    void anInterruptedThread() {
        MongoPortAllocator host = warmHost(ports(10));
        PortAllocation allocation = allocate(host, "shop");
        List<PortException> failures = List.of(
                interrupted(() -> allocate(host, "next")),
                interrupted(() -> host.confirm(allocation, soon())),
                interrupted(() -> host.renew(allocation, soon())),
                interrupted(() -> host.statistics(soon())),
                interrupted(() -> release(host, allocation)));

        assertThat(failures).extracting(PortException::kind).containsOnly(FailureKind.INTERRUPTED);
        assertThat(active())
                .extracting(port -> port.get("module_name"), port -> port.get("phase"))
                .containsExactly(tuple("shop", "reserved"));
    }

    private static PortException interrupted(Runnable call) {
        Thread.currentThread().interrupt();
        PortException failure = failure(call::run);
        assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
        return failure;
    }

    @Test
    @DisplayName("case 45: when a host is closed in the midst of calls every one of them ends, and no thread is left")
    void aHostThatIsClosed() {
        MongoPortAllocator host = warmHost(ports(2000));
        long threads = threadsOfOurs();

        List<Integer> got = InParallel.run(8, number -> {
            int done = 0;
            try {
                for (; done < 100; done++) {
                    allocate(host, "module-" + number + "-" + done);
                    if (number == 0 && done == 20) {
                        host.close();
                    }
                }
            } catch (PortException e) {
                assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            }
            return done;
        });

        assertThat(got).allSatisfy(done -> assertThat(done).isLessThan(100));
        assertThat(threadsOfOurs()).isEqualTo(threads);
        assertThat(failure(() -> host.ping(Deadline.after(Duration.ofSeconds(1))))
                        .kind())
                .isEqualTo(FailureKind.UNAVAILABLE);
    }

    private static long threadsOfOurs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("a64-"))
                .count();
    }
}
