package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.ports.PortAllocation;
import io.a64.ports.registry.OrphanedPorts;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose ports they are: of several nodes, of several hosts of a node, and of nobody any more. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class OwnersCasesTest extends RegistryCases {

    @Test
    @DisplayName("case 41: two nodes may hold one number at once, two hosts of one node never do")
    void oneNumberOnTwoNodes() {
        List<MongoPortAllocator> hosts = Stream.of("local", "local", "node-2", "node-2")
                .map(node -> host(ports(100).withNode(node)))
                .toList();

        List<List<Integer>> got = InParallel.run(
                4,
                number -> from(0, 20).stream()
                        .map(i -> port(bound(hosts.get(number), "module-" + number + "-" + i)))
                        .toList());

        assertThat(Stream.of(got.get(0), got.get(1)).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(from(FIRST, 40));
        assertThat(Stream.of(got.get(2), got.get(3)).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(from(FIRST, 40));
    }

    @Test
    @DisplayName(
            "case 42: bound ports of an unknown owner are released when they are seen again a minute later, not before")
    void orphansAreReleasedAtTheSecondSighting() {
        MongoPortAllocator host = host(ports(10));
        PortAllocation known = bound(host, "known");
        PortAllocation orphan = bound(host, "orphan", 8080, 8081);
        OrphanedPorts search = new OrphanedPorts(host, () -> Set.of(known.owner()), nanoTime::get);

        assertThat(search.releaseOrphans(soon())).as("seen once").isEmpty();
        nanoTime.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(search.releaseOrphans(soon())).as("seen twice, but too soon").isEmpty();
        assertThat(heldPorts(host)).containsExactly(9000, 9001, 9002);
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(search.releaseOrphans(soon())).containsExactly(orphan);

        assertThat(heldPorts(host)).containsExactly(9000);
        assertThat(document(9001)).containsEntry("status", "released").containsKey("cooling_since");
        assertThat(search.releaseOrphans(soon())).isEmpty();
    }

    @Test
    @DisplayName(
            "case 42: an owner that is known at the second sighting, or comes back later, starts from the beginning")
    void anOwnerThatIsKnownInBetween() {
        MongoPortAllocator host = host(ports(10));
        PortAllocation allocation = bound(host, "shop");
        Set<String> known = new HashSet<>();
        OrphanedPorts search = new OrphanedPorts(host, () -> known, nanoTime::get);

        search.releaseOrphans(soon());
        known.add(allocation.owner());
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(search.releaseOrphans(soon())).isEmpty();
        known.clear();

        assertThat(search.releaseOrphans(soon()))
                .as("seen for the first time again")
                .isEmpty();
        assertThat(heldPorts(host)).containsExactly(9000);
    }

    @Test
    @DisplayName("case 42: while the owners cannot be read nothing is released, however often that is tried")
    void ownersThatCannotBeRead() {
        MongoPortAllocator host = host(ports(10));
        bound(host, "shop");
        OrphanedPorts search = new OrphanedPorts(
                host,
                () -> {
                    throw new IllegalStateException("unreadable");
                },
                nanoTime::get);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> search.releaseOrphans(soon())).hasMessage("unreadable");
            nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        }

        assertThat(heldPorts(host)).containsExactly(9000);
    }

    @Test
    @DisplayName("case 42: reservations under way, and ports of source system A, are nobody's orphans")
    void whatIsNoOrphan() {
        registry().insertOne(documentOfA(9005, "legacy", 8080, "active"));
        MongoPortAllocator host = host(ports(10));
        allocate(host, "shop");
        OrphanedPorts search = new OrphanedPorts(host, Set::of, nanoTime::get);

        search.releaseOrphans(soon());
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(search.releaseOrphans(soon())).isEmpty();
        assertThat(heldPorts(host)).containsExactly(9000, 9005);
    }

    /** What was given out anew between the sightings is another allocation. */
    @Test
    @DisplayName("case 42: ports that changed hands between the sightings are not released")
    void portsThatChangedHands() {
        MongoPortAllocator host = host(ports(1).withCooldown(Duration.ZERO));
        PortAllocation first = bound(host, "first");
        OrphanedPorts search = new OrphanedPorts(host, Set::of, nanoTime::get);
        search.releaseOrphans(soon());
        release(host, first);
        PortAllocation second = bound(host, "second");
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());

        assertThat(search.releaseOrphans(soon())).isEmpty();

        assertThat(second.ports()).isEqualTo(Map.of(8080, 9000));
        assertThat(host.confirm(second, soon())).isTrue();
    }
}
