package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortUse;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets which ports, and who gets none. */
@Timeout(180)
@RequiresService(Service.MONGODB)
class AllocationCasesTest extends RegistryCases {

    /** The page counts three round trips, one of them a look-up that an allocation does not need here. */
    @Test
    @DisplayName("case 1: an empty registry gives three ports 9000 to 9002 in two round trips, the next install 9003")
    void anEmptyRegistryGivesTheLowestPortsInTwoRoundTrips() {
        MongoPortAllocator host = warmHost(ports(100));

        PortAllocation allocation = bound(host, "shop", 8080, 8081, 8082);

        assertThat(mongo.commands()).containsExactly("update", "update");
        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9000, 8081, 9001, 8082, 9002));
        assertThat(bound(host, "next").ports()).isEqualTo(Map.of(8080, 9003));
    }

    @Test
    @DisplayName("case 1: the documents of an install are complete, and no date in them is a client's")
    void theDocumentsAreCompleteAndTheirDatesAreTheServers() {
        MongoPortAllocator host = warmHost(ports(100));

        bound(host, "shop", 8080, 8081);
        List<BsonDocument> sent = mongo.sent();

        assertThat(documents())
                .extracting(port -> port.get("port"), port -> port.get("internal_port"), port -> port.get("alloc_key"))
                .containsExactly(tuple(9000, 8080, "shop|1|0"), tuple(9001, 8081, "shop|1|1"));
        assertThat(documents())
                .allSatisfy(port -> assertThat(port)
                        .containsEntry("module_name", "shop")
                        .containsEntry("status", "active")
                        .containsEntry("phase", "bound")
                        .containsEntry("owner", "owner-of-shop")
                        .containsEntry("generation", 1)
                        .containsKeys("allocated_at", "confirmed_at"));
        assertThat(sent).hasSize(2).noneMatch(RegistryCases::holdsDate);
    }

    /**
     * The page wants one round trip and no write. Here the same request meets its own slots, looks who holds them, and
     * has a majority confirm that it still does: three round trips, and nothing in the registry changes.
     */
    @Test
    @DisplayName("case 2: the same request again gets the same ports, and leaves the registry as it was")
    void theSameRequestAgainChangesNothing() {
        MongoPortAllocator host = warmHost(ports(100));
        PortAllocation first = bound(host, "shop", 8080, 8081);
        List<Document> before = documents();
        mongo.forgetCommands();

        assertThat(allocate(host, "shop", 8080, 8081)).isEqualTo(first);

        assertThat(mongo.commands()).containsExactly("update", "find", "update");
        assertThat(documents()).isEqualTo(before);
    }

    @Test
    @DisplayName("case 3: the same request with one more internal port keeps the old ports and adds one")
    void oneMoreInternalPortIsAdded() {
        MongoPortAllocator host = host(ports(100));
        bound(host, "shop", 8080, 8081);
        allocate(host, "other");

        PortAllocation wider = bound(host, "shop", 8080, 8081, 8082);

        assertThat(wider.ports())
                .containsEntry(8080, 9000)
                .containsEntry(8081, 9001)
                .containsOnlyKeys(8080, 8081, 8082);
        assertThat(heldPorts(host))
                .hasSize(4)
                .contains(9002)
                .containsAll(wider.ports().values());
        assertThat(port(allocate(host, "next")))
                .as("what was tried for the ports it holds already is offered at once")
                .isEqualTo(9003);
    }

    /** Asking for less is no release: it is refused, and says what is held, until the surplus is given back by name. */
    @Test
    @DisplayName("case 3: with one internal port fewer the surplus is released only when that is asked for")
    void oneInternalPortFewerReleasesNothingOnItsOwn() {
        MongoPortAllocator host = host(ports(100));
        PortAllocation wide = bound(host, "shop", 8080, 8081);

        PortException refused = failure(() -> allocate(host, "shop", 8080));

        assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refused).hasMessageContaining("9000, 9001");
        assertThat(heldPorts(host)).containsExactly(9000, 9001);
        release(host, wide.only(Set.of(9001)));
        assertThat(allocate(host, "shop", 8080).ports()).isEqualTo(Map.of(8080, 9000));
        assertThat(heldPorts(host)).containsExactly(9000);
    }

    @Test
    @DisplayName("case 4: two threads of one process with the same request get the same ports, held once")
    void twoThreadsOfOneHostGetTheSamePorts() {
        MongoPortAllocator host = host(ports(100));

        List<PortAllocation> both = InParallel.run(2, thread -> allocate(host, "shop", 8080, 8081));

        assertThat(both.get(1)).isEqualTo(both.get(0));
        assertThat(active())
                .extracting(port -> port.getInteger("port"))
                .containsExactlyElementsOf(both.get(0).ports().values());
    }

    /**
     * The page lets the loser adopt what the winner got. Here two installations that know nothing of each other must
     * not share ports, as each would release them on its own: the other owner is told of the conflict. The same owner,
     * whose request was sent to two hosts, gets the same ports from both.
     */
    @Test
    @DisplayName("case 5: of two hosts that install a module at once one wins, the other is told, and no port is extra")
    void oneOfTwoHostsGetsTheModule() {
        List<MongoPortAllocator> hosts = List.of(host(ports(100)), host(ports(100)));

        List<Optional<PortAllocation>> results = InParallel.run(2, number -> {
            try {
                PortRequest request = new PortRequest("shop", 1, "owner-" + number, List.of(8080, 8081));
                return Optional.of(hosts.get(number).allocate(request, soon()));
            } catch (PortException e) {
                assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT);
                return Optional.<PortAllocation>empty();
            }
        });

        List<PortAllocation> winners =
                results.stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSize(1);
        assertThat(active())
                .extracting(port -> port.get("owner"), port -> port.get("port"))
                .containsExactlyElementsOf(winners.get(0).ports().values().stream()
                        .map(port -> tuple(winners.get(0).owner(), port))
                        .toList());
    }

    @Test
    @DisplayName("case 7: of two hosts that choose the same port one gets it, and the other the next one")
    void twoHostsThatChooseTheSamePort() {
        List<MongoPortAllocator> hosts = List.of(warmHost(ports(100)), warmHost(ports(100)));

        for (int round = 0; round < 20; round++) {
            String module = "module-" + round + "-";
            List<Integer> got = InParallel.run(2, number -> port(allocate(hosts.get(number), module + number)));
            assertThat(got).containsExactlyInAnyOrder(FIRST + 2 * round, FIRST + 2 * round + 1);
        }
    }

    @Test
    @DisplayName("case 9: of ten contenders for the last free port one gets it, nine are told that none is left")
    void tenContendersForTheLastPort() {
        List<MongoPortAllocator> hosts = List.of(host(ports(1)), host(ports(1)));

        List<Optional<Integer>> results = InParallel.run(10, number -> {
            try {
                return Optional.of(port(allocate(hosts.get(number % 2), "module-" + number)));
            } catch (PortException e) {
                assertThat(e.kind()).isEqualTo(FailureKind.EXHAUSTED);
                return Optional.<Integer>empty();
            }
        });

        assertThat(results.stream().flatMap(Optional::stream)).containsExactly(FIRST);
    }

    @Test
    @DisplayName("case 10: a request for more ports than are free gets none, and those it had got are free at once")
    void oneFreePortTooFew() {
        MongoPortAllocator host = host(ports(4));
        bound(host, "other");

        assertThat(failure(() -> allocate(host, "shop", 1, 2, 3, 4)).kind()).isEqualTo(FailureKind.EXHAUSTED);

        assertThat(documents().stream().filter(port -> !port.get("port").equals(9000)))
                .as("given back, if they were got at all")
                .allSatisfy(port -> assertThat(port).containsEntry("free", true).doesNotContainKey("cooling_since"));
        assertThat(allocate(host(ports(4)), "shop", 1, 2, 3).ports()).containsValues(9001, 9002, 9003);
    }

    @Test
    @DisplayName("case 33: the first and the last port of the range are both given out, and none beyond")
    void bothEndsOfTheRangeAreReached() {
        MongoPortAllocator host = host(ports(3));
        List<Integer> got = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            got.add(port(allocate(host, "module-" + i)));
        }

        assertThat(got).containsExactly(9000, 9001, 9002);
        assertThat(failure(() -> allocate(host, "one-too-many")).kind()).isEqualTo(FailureKind.EXHAUSTED);
    }

    @Test
    @DisplayName("case 33: sixteen threads with a hundred installs each get 1,600 ports from 9000 without a gap")
    void manyInstallsLeaveNoGap() {
        MongoPortAllocator host = host(ports(2000));

        List<List<Integer>> got = InParallel.run(16, thread -> {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ports.add(port(allocate(host, "module-" + thread + "-" + i)));
            }
            return ports;
        });

        assertThat(got.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(from(FIRST, 1600));
    }

    @Test
    @DisplayName("case 34: a port that the host believes to be taken, but which is free, is given to who asks for it")
    void anExplicitPortIsJudgedByTheRegistryAlone() {
        MongoPortAllocator other = host(ports(100));
        PortAllocation before = allocate(other, "former");
        MongoPortAllocator host = warmHost(ports(100));
        other.release(before, PortUse.NEVER_BOUND, soon());
        PortRequest exactly = new PortRequest(
                "shop", 1, "owner-of-shop", List.of(8080), PortSource.exactly(Map.of(8080, port(before))));
        mongo.forgetCommands();

        assertThat(host.allocate(exactly, soon()).ports()).isEqualTo(Map.of(8080, port(before)));

        assertThat(mongo.commands())
                .as("without a look at the free ports; the first is for what the module holds itself")
                .containsExactly("find", "update");
    }
}
