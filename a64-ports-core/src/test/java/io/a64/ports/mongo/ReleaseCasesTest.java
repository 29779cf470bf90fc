package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.mongodb.client.model.BulkWriteOptions;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortTenure;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.registry.Rests;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From release to reuse. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class ReleaseCasesTest extends RegistryCases {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Test
    @DisplayName("case 21: a second release, a release out of order and one of unknown ports change nothing")
    void releasesAreIdempotent() {
        MongoPortAllocator host = host(ports(5));
        PortAllocation allocation = bound(host, "shop", 8080, 8081);
        PortAllocation unknown = new PortAllocation("shop", 1, allocation.owner(), Map.of(8080, 9004));

        assertThat(host.release(unknown, PortUse.WAS_BOUND, soon())).isFalse();
        assertThat(release(host, allocation)).isTrue();
        List<Document> released = documents();
        assertThat(release(host, allocation)).isFalse();
        assertThat(host.release(allocation, PortUse.NEVER_BOUND, soon())).isFalse();
        assertThat(host.confirm(allocation, soon()))
                .as("a confirmation that comes late")
                .isFalse();
        assertThat(documents()).isEqualTo(released);
    }

    /** A release that does nothing cannot start the cooldown anew: it counts from the one that ended the hold. */
    @Test
    @DisplayName("case 21: the cooldown counts from the release that ended the hold, whatever is repeated later")
    void theCooldownCountsFromTheReleaseThatCounted() {
        MongoPortAllocator host = host(ports(1));
        PortAllocation allocation = bound(host, "shop");
        release(host, allocation);

        passTime(COOLDOWN.minus(MOMENT));
        release(host, allocation);
        assertThat(failure(() -> allocate(host, "early")).kind()).isEqualTo(FailureKind.EXHAUSTED);

        passTime(MOMENT.plus(MOMENT));
        assertThat(port(allocate(host, "next"))).isEqualTo(9000);
    }

    @Test
    @DisplayName("case 22: the release of a stale owner has no effect on who claimed the port after him")
    void aStaleOwnerReleasesNothing() {
        MongoPortAllocator host = host(ports(1).withCooldown(Duration.ZERO));
        PortAllocation stale = bound(host, "shop");
        release(host, stale);
        PortAllocation successor = host.allocate(new PortRequest("shop", 1, "the-next-owner", List.of(8080)), soon());
        List<Document> before = documents();

        assertThat(release(host, stale)).isFalse();
        assertThat(host.release(stale, PortUse.NEVER_BOUND, soon())).isFalse();

        assertThat(documents()).isEqualTo(before);
        assertThat(host.confirm(successor, soon())).isTrue();
    }

    @Test
    @DisplayName("case 23: a port that rests is refused even to who asks for it, with the time that is left")
    void aRestingPortIsRefusedWithTheTimeThatIsLeft() {
        MongoPortAllocator host = host(ports(5));
        release(host, bound(host, "shop"));

        PortException refused = failure(() -> host.allocate(exactly("other"), soon()));

        assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refused.getMessage()).matches(".*port 9000 .* cools down for another (2[0-9]|30) s");
        passTime(COOLDOWN);
        assertThat(host.allocate(exactly("other"), soon()).ports()).isEqualTo(Map.of(8080, 9000));
    }

    private static PortRequest exactly(String module) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(8080), PortSource.exactly(Map.of(8080, 9000)));
    }

    /** A clock that is an hour ahead or behind can do no harm if nothing that it shows ever reaches the registry. */
    @Test
    @DisplayName("case 24: nothing that a host sends in the whole life of a port carries a date of its own clock")
    void theClockOfTheHostIsNeverSent() {
        MongoPortAllocator host = host(ports(2));
        PortAllocation allocation = allocate(host, "shop");
        host.renew(allocation, soon());
        host.confirm(allocation, soon());
        release(host, allocation);
        host.quarantine(allocate(host, "taken"), Map.of(9001, "something"), soon());
        growOld();
        host.statistics(soon());

        assertThat(mongo.commands()).contains("update", "find", "aggregate", "createIndexes");
        assertThat(mongo.sent()).noneMatch(RegistryCases::holdsDate);
    }

    @Test
    @DisplayName("case 24: a host that was asleep for an hour by its own clock does not end a cooldown")
    void aHostThatWasAsleep() {
        MongoPortAllocator host = host(ports(1));
        release(host, bound(host, "shop"));

        nanoTime.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(failure(() -> allocate(host, "early")).kind()).isEqualTo(FailureKind.EXHAUSTED);
    }

    @Test
    @DisplayName("case 24: without a cooldown a released port is given out again at once")
    void withoutACooldownAPortIsReusedAtOnce() {
        MongoPortAllocator host = host(ports(1).withCooldown(Duration.ZERO));
        release(host, bound(host, "shop"));

        assertThat(port(allocate(host, "next"))).isEqualTo(9000);
    }

    @Test
    @DisplayName("case 25: sweeps of four hosts at once, while others claim, end in the same state as one sweep")
    void sweepsOfManyHosts() {
        RegistrySettings settings = ports(400);
        MongoPortAllocator first = host(settings);
        for (int i = 0; i < 10; i++) {
            bound(first, "stays-" + i, 1, 2);
            release(first, bound(first, "rested-" + i, 1, 2));
            allocate(first, "lapsed-" + i, 1, 2);
        }
        passTime(LEASE.plus(COOLDOWN));
        registry().updateMany(new Document("phase", "bound"), new Document("$unset", new Document("lease_at", "")));
        List<Document> held = registry()
                .find(new Document("phase", "bound"))
                .sort(new Document("port", 1))
                .into(new ArrayList<>());

        List<Integer> claimed = InParallel.run(
                8,
                number -> number < 4
                        ? host(settings).statistics(soon()).totalAllocated()
                        : port(allocate(host(settings), "new-" + number)));

        assertThat(registry().find(new Document("phase", "bound")).sort(new Document("port", 1)))
                .as("no active document is touched")
                .containsExactlyElementsOf(held);
        assertThat(claimed.subList(4, 8)).doesNotHaveDuplicates();
        assertThat(registry().find(new Document("module_name", new Document("$regex", "^lapsed"))))
                .hasSize(20)
                .allSatisfy(port -> assertThat(port)
                        .containsEntry("status", "released")
                        .containsEntry("release_reason", "lease_expired")
                        .containsKey("cooling_since")
                        .doesNotContainKeys("lease_at", "alloc_key", "phase", "free"));
    }

    @Test
    @DisplayName("case 25: a sweep that dies after any of its statements is finished by the next one")
    void aSweepThatDiesHalfWay() {
        RegistrySettings settings = ports(50);
        int statements = EndUpdates.sweep(rests(settings)).size();
        for (int done = 0; done <= statements; done++) {
            registry().deleteMany(new Document());
            MongoPortAllocator host = host(settings);
            PortAllocation kept = bound(host, "stays");
            release(host, bound(host, "rested"));
            allocate(host, "lapsed");
            host.quarantine(allocate(host, "taken"), Map.of(9003, "something"), soon());
            passTime(LEASE.plus(COOLDOWN));

            if (done > 0) {
                registry().bulkWrite(EndUpdates.sweep(rests(settings)).subList(0, done), new BulkWriteOptions());
            }
            growOld();
            host(settings).statistics(soon());

            assertThat(documents())
                    .as("after %s of %s statements", done, statements)
                    .extracting(
                            port -> port.get("port"),
                            port -> port.get("status"),
                            port -> port.get("free"),
                            port -> port.containsKey("cooling_since"))
                    .containsExactly(
                            tuple(9000, "active", null, false),
                            tuple(9001, "released", true, false),
                            tuple(9002, "released", null, true),
                            tuple(9003, "released", true, false));
            assertThat(host.confirm(kept, soon())).isTrue();
        }
    }

    private static Rests rests(RegistrySettings settings) {
        return new Rests(settings.lease(), settings.cooldown(), settings.quarantine());
    }

    @Test
    @DisplayName(
            "case 44: the lowest port, released and rested, goes to another host at its next look; who had it is known")
    void theLowestPortComesBackToAnotherHost() {
        MongoPortAllocator host = host(ports(5));
        MongoPortAllocator other = warmHost(ports(5));
        PortAllocation lowest = bound(host, "former");
        bound(host, "second");
        release(host, lowest);
        assertThat(document(9000))
                .containsEntry("status", "released")
                .containsEntry("module_name", "former")
                .containsEntry("internal_port", 8080)
                .containsKeys("allocated_at", "released_at");

        passTime(COOLDOWN.plus(MOMENT));

        assertThat(port(bound(other, "next"))).isEqualTo(9000);
        assertThat(other.ledger().orElseThrow().tenures(soon()))
                .filteredOn(tenure -> tenure.port() == 9000)
                .extracting(PortTenure::module)
                .as("also after it was given out again")
                .containsExactly("former", "next");
    }
}
