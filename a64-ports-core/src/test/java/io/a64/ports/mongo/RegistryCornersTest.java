package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Confirmations that come half too late, requests for certain ports, and what the counts are of. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class RegistryCornersTest extends RegistryCases {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aDocumentWithoutPortIsNotHandedOutAsPortZero() {
        Document document = documentOfA(1, "shop", 8080, "active");
        document.remove("port");
        registry().insertOne(document);

        assertThat(allocate(host(ports(10)), "shop").ports().values())
                .allSatisfy(port -> assertThat(port).isBetween(9000, 9009));
    }

    @Test
    void aConfirmationThatFindsAPortLostKeepsTheReservationOfTheOther() {
        MongoPortAllocator host = host(ports(10));
        host.reservations().orElseThrow().reserve(request("shop", 8080, 8081), HOUR, soon());
        PortAllocation taken = host.allocate(new PortRequest("shop", 1, "owner", List.of(8080, 8081)), soon());
        host.quarantine(taken, Map.of(9001, "nginx"), soon());

        assertThat(host.confirm(taken, soon())).isFalse();
        host.release(taken, PortUse.NEVER_BOUND, soon());

        assertThat(document(9000)).containsEntry("phase", "promised");
    }

    @Test
    void aLapsedTakeOverDoesNotStopEveryAllocationOfEveryHost() {
        MongoPortAllocator host = host(ports(10));
        host.reservations().orElseThrow().reserve(request("shop", 8081), HOUR, soon());
        host.allocate(new PortRequest("shop", 1, "owner", List.of(8081)), soon());
        PortAllocation both = host.allocate(
                new PortRequest(
                        "shop", 1, "owner", List.of(8080, 8081), PortSource.exactly(Map.of(8080, 9001, 8081, 9000))),
                soon());
        host.renew(both, soon());
        passTimeButForReservations(LEASE);

        assertThatCode(() -> allocate(host(ports(10)), "blog")).doesNotThrowAnyException();
    }

    private void passTimeButForReservations(Duration time) {
        Document earlier = new Document("$subtract", List.of("$lease_at", time.toMillis()));
        registry()
                .updateMany(
                        Filters.type("lease_at", "date"),
                        List.of(new Document("$set", new Document("lease_at", earlier))));
        growOld();
    }

    @Test
    void aPartOfTheRangeThatIsAskedForIsWhereThePortComesFrom() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));

        PortAllocation allocation = host(ports(10))
                .allocate(
                        new PortRequest(
                                "shop", 1, "owner", List.of(8080), PortSource.within(new PortRange(9005, 9009))),
                        soon());

        assertThat(allocation.ports().get(8080)).isBetween(9005, 9009);
    }

    @Test
    void theCountsOfAllPortsAreThoseOfTheRangeAndThePools() {
        registry().insertOne(documentOfA(25000, "legacy", 8080, "released"));

        assertThat(host(ports(10)).statistics(soon()).cooling()).isZero();
    }

    @Test
    void aPortThatThisHostTookByNameCostsTheNextAllocationNoRoundTrip() {
        MongoPortAllocator host = warmHost(ports(10));
        host.allocate(
                new PortRequest("first", 1, "owner", List.of(8080), PortSource.exactly(Map.of(8080, 9000))), soon());
        mongo.forgetCommands();

        allocate(host, "second");

        assertThat(mongo.commands()).hasSize(1);
    }

    @Test
    void aUniqueIndexThatWasMadeWithANumberIsAccepted() {
        mongo.database()
                .runCommand(new Document("createIndexes", "port_registry")
                        .append(
                                "indexes",
                                List.of(new Document("key", new Document("port", 1))
                                        .append("name", "their_own")
                                        .append("unique", 1))));

        assertThat(allocate(host(ports(10)), "shop").ports()).isEqualTo(Map.of(8080, 9000));
    }

    @Test
    void theSameRequestAgainThatIsTooLateLeavesWhatIsHeld() {
        MongoPortAllocator host = host(ports(10));
        PortRequest request =
                new PortRequest("shop", 1, "owner", List.of(8080), PortSource.exactly(Map.of(8080, 9000)));
        PortAllocation held = host.allocate(request, soon());

        assertThatThrownBy(() -> host.allocate(request, Deadline.after(Duration.ZERO)))
                .isInstanceOf(PortException.class);

        assertThat(host.confirm(held, soon())).isTrue();
    }

    @Test
    void theSameRequestAgainOfAContendedHostThatIsTooLateLeavesWhatIsHeld() {
        MongoPortAllocator host = warmHost(ports(10));
        PortAllocation held = allocate(host, "shop");
        allocate(host(ports(10)), "blog");
        allocate(host, "loses-a-port-to-the-other-host");

        assertThatThrownBy(() -> host.allocate(request("shop", 8080), Deadline.after(Duration.ZERO)))
                .isInstanceOf(PortException.class);

        assertThat(host.confirm(held, soon())).isTrue();
    }

    @Test
    void theForecastOfAFullHistoryIsReadInTheTimeThatTheDeployerHas() {
        List<Document> documents = new ArrayList<>();
        Date then = Date.from(Instant.now().minusSeconds(3600));
        for (int port = 9000; port < 20000; port++) {
            List<Document> history = Collections.nCopies(
                    16,
                    new Document("module_name", "shop")
                            .append("internal_port", 8080)
                            .append("generation", 1)
                            .append("owner", "0d4b3b0e-8a4a-4b4e-9d55-3d2a6e1f0c11")
                            .append("from", then)
                            .append("to", then)
                            .append("reason", "released"));
            documents.add(documentOfA(port, "shop", 8080, "released").append("history", history));
        }
        registry().insertMany(documents);
        MongoPortAllocator host = host(RegistrySettings.defaults());
        host.statistics(soon());

        long began = System.nanoTime();
        host.ledger().orElseThrow().forecast(soon());
        System.out.println("REVIEW forecast ms " + (System.nanoTime() - began) / 1_000_000);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
