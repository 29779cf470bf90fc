package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.mongo.testing.MongoDatabaseExtension;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.OwnServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that are lost or late, on whatever kind of server. Every test asserts that the fault came to pass. */
@Timeout(120)
abstract class LostMessages extends RegistryCases {
    private static final Duration SHORT = Duration.ofMillis(700);

    private final OwnServer<FaultyServer> owner;
    private int faults;

    LostMessages(OwnServer<FaultyServer> owner) {
        super(new MongoDatabaseExtension(() -> owner.get().wire().uri()));
        this.owner = owner;
    }

    final FaultyServer server() {
        return owner.get();
    }

    /** Returns a host whose writes are tied together by sessions, which has looked at the registry already. */
    final MongoPortAllocator tiedHost(RegistrySettings settings) {
        MongoPortAllocator host =
                MongoPortAllocator.using(mongo.client(), mongo.database().getName(), settings);
        host.statistics(soon());
        mongo.forgetCommands();
        return host;
    }

    @AfterEach
    final void stopFailing() {
        server().stopFailing();
    }

    private void assertOneFault() {
        assertThat(server().wire().happened()).as("faults").isEqualTo(faults + 1);
    }

    private void count() {
        faults = server().wire().happened();
    }

    @Test
    @DisplayName("case 11: when the reply to a claim is lost, it is sent again and gets the same ports, none extra")
    void theReplyToAClaimIsLost() {
        MongoPortAllocator host = tiedHost(ports(10));
        count();
        server().wire().loseReply("update");

        PortAllocation allocation = allocate(host, "shop", 8080, 8081);

        assertOneFault();
        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001));
        assertThat(documents()).hasSize(2);
        assertThat(host.confirm(allocation, soon())).isTrue();
    }

    @Test
    @DisplayName("case 11: when the reply to a take of the lowest port is lost, the port that was taken is found again")
    void theReplyToATakeIsLost() {
        MongoPortAllocator host = tiedHost(ports(10));
        MongoPortAllocator other = host(ports(10));
        allocate(other, "winner");
        other.release(allocate(other, "opener"), PortUse.NEVER_BOUND, soon());
        count();
        server().wire().loseReply("findAndModify");

        PortAllocation allocation = allocate(host, "shop");

        assertOneFault();
        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9001));
        assertThat(active()).extracting(port -> port.get("port")).containsExactly(9000, 9001);
        assertThat(host.confirm(allocation, soon())).isTrue();
    }

    @Test
    @DisplayName("case 12: when the request of a claim is lost, it is sent again and gets the ports")
    void theRequestOfAClaimIsLost() {
        MongoPortAllocator host = tiedHost(ports(10));
        count();
        server().wire().loseRequest("update");

        PortAllocation allocation = allocate(host, "shop", 8080, 8081);

        assertOneFault();
        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001));
        assertThat(documents()).hasSize(2);
    }

    /** Without sessions nothing can refuse it: what arrives late is a reservation that nobody knows of. */
    @Test
    @DisplayName("case 13: a claim that arrives after its deadline is never handed out, and lapses with its lease")
    void aClaimThatArrivesTooLateLapses() {
        MongoPortAllocator host = warmHost(ports(10));
        count();
        server().wire().delay("update");

        PortException failure = failure(() -> host.allocate(request("shop", 8080, 8081), Deadline.after(SHORT)));
        server().wire().letGo();

        assertOneFault();
        assertThat(failure.kind()).isIn(FailureKind.DEADLINE_EXCEEDED, FailureKind.UNAVAILABLE);
        assertThat(active()).allSatisfy(port -> assertThat(port).containsEntry("phase", "reserved"));
        passTime(LEASE.plusSeconds(1));
        host.statistics(soon());
        assertThat(active()).isEmpty();
        passTime(COOLDOWN.plusSeconds(1));
        assertThat(allocate(host, "shop", 8080, 8081).ports().values()).containsExactly(9000, 9001);
    }

    @Test
    @DisplayName("case 14: a claim that arrives again after its confirmation does not turn a bound port back")
    void aLateClaimAfterTheConfirmation() {
        MongoPortAllocator host = tiedHost(ports(10));
        PortAllocation allocation = allocate(host, "shop");
        BsonDocument claim = mongo.sent().get(0);
        host.confirm(allocation, soon());
        List<Document> before = documents();

        assertThat(sendAgain(claim)).as("code of the only write error").isEqualTo(11000);

        assertThat(documents()).isEqualTo(before);
    }

    @Test
    @DisplayName("case 14: a claim that arrives again after the release runs into the resting port")
    void aLateClaimAfterTheRelease() {
        MongoPortAllocator host = tiedHost(ports(10));
        PortAllocation allocation = allocate(host, "shop");
        BsonDocument claim = mongo.sent().get(0);
        host.confirm(allocation, soon());
        release(host, allocation);
        List<Document> before = documents();

        assertThat(sendAgain(claim)).isEqualTo(11000);

        assertThat(documents()).isEqualTo(before);
    }

    /** Nobody can tell such a claim from a new one; it is an orphan, which lapses, and its owner cannot confirm it. */
    @Test
    @DisplayName("case 14: a claim that arrives again after its lease has expired is an orphan that lapses once more")
    void aLateClaimAfterTheLease() {
        MongoPortAllocator host = host(ports(10));
        host.statistics(soon());
        mongo.forgetCommands();
        PortAllocation allocation = allocate(host, "shop");
        BsonDocument claim = mongo.sent().get(0);
        passTime(LEASE.plusSeconds(1));
        host.statistics(soon());
        assertThat(sendAgain(claim)).as("while the port rests").isEqualTo(11000);
        assertThat(host.confirm(allocation, soon())).as("the lease is lost").isFalse();
        passTime(COOLDOWN.plusSeconds(1));
        host.statistics(soon());

        assertThat(sendAgain(claim)).as("no write error").isZero();

        assertThat(active())
                .extracting(port -> port.get("port"), port -> port.get("phase"))
                .containsExactly(tuple(9000, "reserved"));
        passTime(LEASE.plusSeconds(1));
        host.statistics(soon());
        assertThat(active()).isEmpty();
    }

    /** Sends the very statements again, as a message of its own, and returns the code of the write error, 0 if none. */
    private int sendAgain(BsonDocument command) {
        BsonDocument copy = new BsonDocument();
        copy.putAll(command);
        Stream.of("$db", "lsid", "txnNumber", "$clusterTime", "maxTimeMS").forEach(copy::remove);
        List<Document> errors = mongo.database().runCommand(copy).getList("writeErrors", Document.class, List.of());
        return errors.isEmpty() ? 0 : errors.get(0).getInteger("code");
    }

    /** What may befall a write. */
    enum Fault {
        CONNECTION_CLOSED("{closeConnection: true}"),
        NOT_PRIMARY("{errorCode: 10107}"),
        SHUTDOWN("{errorCode: 91}"),
        WRITE_CONCERN_ERROR("{writeConcernError: {code: 91, codeName: 'ShutdownInProgress', errmsg: 'planned'},"
                + " errorLabels: ['RetryableWriteError']}");

        private final String json;

        Fault(String json) {
            this.json = json;
        }

        Document data() {
            return Document.parse(json);
        }
    }

    static Stream<Arguments> faultsOfEveryOperation() {
        return Stream.of(Fault.values())
                .flatMap(fault -> Stream.of("claim", "confirm", "release").map(step -> Arguments.of(fault, step)));
    }

    /** Three times in a row, because the driver itself repeats a write once or more on a replica set. */
    @ParameterizedTest(name = "case 15: {0} during {1} is overcome by sending it again, and nothing leaks")
    @MethodSource("faultsOfEveryOperation")
    @DisplayName("case 15: a failure that hides what became of a write is overcome by sending it again")
    void aFailureOfAWrite(Fault fault, String step) {
        MongoPortAllocator host = tiedHost(ports(10));
        failNowIf(step.equals("claim"), fault);
        PortAllocation allocation = allocate(host, "shop", 8080, 8081);
        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001));

        failNowIf(step.equals("confirm"), fault);
        assertThat(host.confirm(allocation, soon())).isTrue();
        assertThat(documents()).hasSize(2).allSatisfy(port -> assertThat(port).containsEntry("phase", "bound"));

        failNowIf(step.equals("release"), fault);
        release(host, allocation);
        assertThat(server().stopFailing()).as("failures").isEqualTo(3);
        assertThat(documents()).hasSize(2).allSatisfy(port -> assertThat(port).containsEntry("status", "released"));
    }

    /** The connection that breaks takes its pool with it, and the threads that wait for one get an error of their own. */
    @Test
    @DisplayName("case 15: threads that wait for a connection of a pool that is cleared get their ports all the same")
    void theConnectionPoolIsCleared() {
        MongoPortAllocator host = tiedHost(ports(100));
        server().failNext(4, "update", Fault.CONNECTION_CLOSED.data());

        List<Integer> got = InParallel.run(8, number -> port(bound(host, "module-" + number)));

        assertThat(server().stopFailing()).as("failures").isEqualTo(4);
        assertThat(got).doesNotHaveDuplicates();
        assertThat(heldPorts(host)).containsExactlyInAnyOrderElementsOf(got);
    }

    /** A socket's time-out is the caller's deadline here; what is unknown then is given back, or lapses (case 13). */
    @Test
    @DisplayName("case 15: a server that is silent until the deadline costs the caller hardly more than the deadline")
    void aServerThatIsSilent() {
        MongoPortAllocator host = tiedHost(ports(10));
        PortAllocation allocation = bound(host, "bound");
        server().failNext(3, "update", new Document("blockConnection", true).append("blockTimeMS", 3000));
        long start = System.nanoTime();

        PortException claim = failure(() -> host.allocate(request("shop", 8080), Deadline.after(SHORT)));
        PortException release = failure(() -> host.release(allocation, PortUse.WAS_BOUND, Deadline.after(SHORT)));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(List.of(claim.kind(), release.kind())).containsOnly(FailureKind.DEADLINE_EXCEEDED);
        assertThat(server().stopFailing()).as("claim, give-back, release").isEqualTo(3);
        release(host, allocation);
        passTime(LEASE.plusSeconds(1));
        host(ports(10)).statistics(soon());
        assertThat(active()).isEmpty();
    }

    private void failNowIf(boolean now, Fault fault) {
        if (now) {
            server().failNext(3, "update", fault.data());
        }
    }
}
