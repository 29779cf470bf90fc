package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortUse;
import io.a64.ports.event.PortEvent;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Documents that another program wrote, changed or deleted while ours were in use, strange ones among them. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class ForeignDocumentsTest extends RegistryCases {
    @Test
    void aPortThatSystemAWroteAsTextIsNotHandedOutAsPortZero() {
        registry().insertOne(documentOfA(1, "shop", 8080, "active").append("port", "9000"));

        assertThat(allocate(host(ports(10)), "shop").ports().values())
                .allSatisfy(port -> assertThat(port).isBetween(9000, 9009));
    }

    @Test
    void aHistoryOfAStrangeTypeDoesNotStopEveryAllocation() {
        MongoPortAllocator host = host(ports(10));
        registry().insertOne(documentOfA(9000, "shop", 8080, "active").append("history", "none"));
        allocate(host, "shop");
        PortAllocation bound = allocate(host, "shop");
        host.confirm(bound, soon());

        assertThatCode(() -> release(host, bound)).doesNotThrowAnyException();
    }

    @Test
    void aHistoryOfAStrangeTypeDoesNotStopTheHistoryOfAllPorts() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active").append("history", "none"));
        MongoPortAllocator host = host(ports(10));

        assertThatCode(() -> host.ledger().orElseThrow().tenures(soon())).doesNotThrowAnyException();
    }

    @Test
    void aPortOfOursThatSystemAReleasesDoesNotMakeTheNextAllocationSpin() {
        MongoPortAllocator host = warmHost(ports(10));
        bound(host, "shop");
        registry()
                .updateMany(
                        Filters.eq("module_name", "shop"), new Document("$set", new Document("status", "released")));
        mongo.forgetCommands();

        PortException failure = catchThrowableOfType(
                PortException.class,
                () -> host.allocate(
                        new PortRequest("shop", 1, "next", List.of(8080)), Deadline.after(Duration.ofSeconds(2))));

        assertThat(mongo.commands().size()).as("commands sent in two seconds").isLessThan(60);
        assertThat(failure).isNull();
    }

    @Test
    void anAdoptedPortThatSystemAReleasedIsNotReturnedToSystemALater() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));
        allocate(host(ports(2)), "shop");
        registry().updateOne(Filters.eq("port", 9000), new Document("$set", new Document("status", "released")));
        host(ports(2)).statistics(soon());
        passTime(COOLDOWN);

        MongoPortAllocator host = host(ports(2));
        PortAllocation other = allocate(host, "blog");
        assertThat(other.ports()).isEqualTo(Map.of(8080, 9000));
        host.release(other, PortUse.NEVER_BOUND, soon());

        assertThat(document(9000)).containsEntry("status", "released").containsEntry("free", true);
    }

    @Test
    void anAdoptedPortThatSystemAReleasedIsNotActiveAgainWhenTheLeaseEnds() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));
        MongoPortAllocator host = host(ports(2));
        allocate(host, "shop");
        registry().updateOne(Filters.eq("port", 9000), new Document("$set", new Document("status", "released")));
        passTime(LEASE);

        host.statistics(soon());

        assertThat(document(9000)).containsEntry("status", "released");
    }

    @Test
    void anAdoptedPortWhoseDocumentSystemADeletedIsNotLeftActiveForever() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));
        MongoPortAllocator host = warmHost(ports(2));
        registry().deleteOne(Filters.eq("port", 9000));

        PortAllocation allocation = allocate(host, "shop");
        host.release(allocation, PortUse.NEVER_BOUND, soon());

        assertThat(active()).isEmpty();
    }

    @Test
    void aConfirmationThatFindsAPortLostReturnsTheAdoptedOneToSystemA() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));
        MongoPortAllocator host = host(ports(10));
        PortAllocation taken = allocate(host, "shop", 8080, 8081);
        assertThat(taken.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001));
        host.quarantine(taken, Map.of(9001, "nginx"), soon());

        assertThat(host.confirm(taken, soon())).isFalse();
        host.release(taken, PortUse.NEVER_BOUND, soon());

        assertThat(document(9000)).containsEntry("status", "active").containsEntry("module_name", "shop");
        assertThat(allocate(host, "blog").ports()).doesNotContainValue(9000);
    }

    @Test
    void anIndexOfAnOperatorUnderAnotherNameIsAccepted() {
        registry()
                .createIndex(new Document("module_name", 1).append("status", 1), new IndexOptions().name("by_module"));

        assertThat(allocate(host(ports(10)), "shop").ports()).isEqualTo(Map.of(8080, 9000));
    }

    @Test
    void aReservationForAModuleThatHoldsPortsBySystemAsRecordIsRefused() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));

        assertThatThrownBy(() -> host(ports(10))
                        .reservations()
                        .orElseThrow()
                        .reserve(request("shop", 8080), Duration.ofHours(1), soon()))
                .isInstanceOfSatisfying(
                        PortException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT));
    }

    @Test
    void exactlyThePortThatSystemARecordsForTheModuleIsAdopted() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));

        PortAllocation allocation = host(ports(10))
                .allocate(
                        new PortRequest("shop", 1, "owner", List.of(8080), PortSource.exactly(Map.of(8080, 9000))),
                        soon());

        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9000));
    }

    @Test
    void aPortThatIsReturnedToSystemAIsNotReportedAsQuarantined() {
        registry().insertOne(documentOfA(9000, "shop", 8080, "active"));
        MongoPortAllocator host = host(ports(10));
        List<PortEvent> events = new ArrayList<>();
        host.ledger().orElseThrow().addListener(events::add);
        PortAllocation adopted = allocate(host, "shop");

        host.quarantine(adopted, Map.of(9000, "nginx"), soon());

        assertThat(document(9000)).containsEntry("status", "active");
        assertThat(events).isEmpty();
    }

    @Test
    void aDocumentWithoutStatusIsNotOnTheListOfCoolingPortsForever() {
        registry().insertOne(new Document("port", 9000).append("module_name", "legacy"));
        MongoPortAllocator host = host(ports(1));
        host.statistics(soon());
        passTime(Duration.ofDays(1));
        host.statistics(soon());

        assertThat(host.statistics(soon()).cooling()).isZero();
    }

    @Test
    void modulesWhoseInternalPortsAreNotRecordedAreNotCalledDuplicates() {
        Document one = documentOfA(9000, "shop", 8080, "active");
        one.remove("internal_port");
        Document two = documentOfA(9001, "shop", 8081, "active");
        two.remove("internal_port");
        registry().insertMany(List.of(one, two));
        MongoPortAllocator host = host(ports(10));
        List<PortEvent> events = new ArrayList<>();
        host.ledger().orElseThrow().addListener(events::add);

        host.statistics(soon());

        assertThat(events).isEmpty();
    }

    @Test
    void nothingIsFreedOfWhatSystemAActivatesAgain() {
        MongoPortAllocator host = host(ports(10));
        PortAllocation allocation = allocate(host, "shop");
        host.release(allocation, PortUse.NEVER_BOUND, soon());
        registry()
                .updateOne(
                        Filters.and(Filters.eq("port", 9000), Filters.eq("status", "released")),
                        new Document("$set", new Document("status", "active").append("module_name", "legacy")));
        MongoPortAllocator fresh = host(ports(10));

        assertThat(allocate(fresh, "blog").ports()).doesNotContainValue(9000);
    }

    @Test
    void aPortThatSystemAActivatesAgainWhileItCoolsIsNotFreed() {
        MongoPortAllocator host = host(ports(10));
        release(host, bound(host, "shop"));
        registry()
                .updateOne(
                        Filters.and(Filters.eq("port", 9000), Filters.eq("status", "released")),
                        new Document("$set", new Document("status", "active").append("module_name", "legacy")));
        passTime(COOLDOWN);
        MongoPortAllocator fresh = host(ports(10));

        assertThat(allocate(fresh, "blog").ports()).doesNotContainValue(9000);
    }

    @Test
    void aLeaseThatEndsOnADocumentOfAStrangeTypeDoesNotStopEveryAllocationOfEveryHost() {
        registry().insertOne(documentOfA(9000, "legacy", 8080, "released").append("history", "none"));
        host(ports(10)).statistics(soon());
        passTime(COOLDOWN);
        assertThat(allocate(host(ports(10)), "shop").ports()).isEqualTo(Map.of(8080, 9000));
        passTime(LEASE);

        assertThatCode(() -> allocate(host(ports(10)), "blog")).doesNotThrowAnyException();
    }

    @Test
    void anOwnerThatSomebodyElseWroteDownDoesNotHideAllBoundPorts() {
        registry().insertOne(documentOfA(9000, "Old_Module", 8080, "active").append("owner", "operations"));
        MongoPortAllocator host = host(ports(10));
        bound(host, "shop");

        assertThatCode(() -> host.ledger().orElseThrow().bound(soon())).doesNotThrowAnyException();
    }
}
