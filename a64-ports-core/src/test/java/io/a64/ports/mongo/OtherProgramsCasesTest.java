package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.mongodb.MongoWriteException;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.event.PortEvent;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry that source system A wrote, and goes on writing: its documents know no owners, phases and flags. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class OtherProgramsCasesTest extends RegistryCases {

    @Test
    @DisplayName("case 26: ports that A released without saying when are stamped first and rest for a whole cooldown")
    void releasedWithoutATime() {
        registry()
                .insertMany(
                        List.of(documentOfA(9000, "one", 80, "released"), documentOfA(9001, "two", 80, "released")));
        MongoPortAllocator host = host(ports(3));

        assertThat(port(allocate(host, "shop"))).isEqualTo(9002);

        assertThat(document(9000)).containsKey("cooling_since").doesNotContainKey("free");
        passTime(COOLDOWN.minusSeconds(5));
        assertThat(failure(() -> allocate(host, "early")).kind()).isEqualTo(FailureKind.EXHAUSTED);
        passTime(COOLDOWN);
        assertThat(List.of(port(allocate(host, "next")), port(allocate(host, "after"))))
                .containsExactly(9000, 9001);
    }

    @Test
    @DisplayName("case 27: active ports of A are respected, and adopted when their module is installed")
    void activePortsAreAdopted() {
        Document theirs = documentOfA(9001, "legacy", 8080, "active");
        registry().insertMany(List.of(documentOfA(9000, "other", 8080, "active"), theirs));
        MongoPortAllocator host = host(ports(10));

        assertThat(port(allocate(host, "shop"))).isEqualTo(9002);
        PortAllocation adopted = bound(host, "legacy", 8080, 8443);

        assertThat(adopted.ports()).containsEntry(8080, 9001).containsEntry(8443, 9003);
        assertThat(document(9001))
                .as("it is the same document, with what A wrote")
                .containsEntry("_id", theirs.get("_id"))
                .containsEntry("allocated_at", theirs.get("allocated_at"))
                .containsEntry("owner", adopted.owner())
                .containsEntry("phase", "bound");
        assertThat(document(9000)).doesNotContainKeys("owner", "phase", "alloc_key");
    }

    @Test
    @DisplayName("case 27: a port of A whose adoption is given back or lapses is A's again, word for word")
    void anAdoptionThatFailsLeavesThePortToA() {
        Document theirs = documentOfA(9001, "legacy", 8080, "active");
        registry().insertOne(theirs);
        MongoPortAllocator host = host(ports(10));

        release(host, allocate(host, "legacy"));
        assertThat(document(9001)).isEqualTo(theirs);

        growOld();
        allocate(host(ports(10)), "legacy");
        passTime(LEASE.plusSeconds(1));
        host.statistics(soon());
        assertThat(document(9001)).containsOnlyKeys(theirs.keySet()).containsEntry("status", "active");
    }

    @Test
    @DisplayName("case 27: a module that A recorded twice for one port gets the lowest, the other is left and reported")
    void aDuplicateOfAModuleAndPort() {
        registry()
                .insertMany(List.of(
                        documentOfA(9004, "legacy", 8080, "active"), documentOfA(9002, "legacy", 8080, "active")));
        MongoPortAllocator host = host(ports(10));
        List<PortEvent> events = new CopyOnWriteArrayList<>();
        host.ledger().orElseThrow().addListener(events::add);

        assertThat(bound(host, "legacy").ports()).isEqualTo(Map.of(8080, 9002));

        assertThat(events).containsExactly(new PortEvent.DuplicateFound("legacy", 8080, List.of(9002, 9004)));
        assertThat(document(9004)).containsEntry("status", "active").doesNotContainKey("owner");
        assertThat(port(allocate(host, "shop"))).isEqualTo(9000);
    }

    @Test
    @DisplayName("case 27: numbers of A may be of any numeric type")
    void numbersOfOtherTypes() {
        registry()
                .insertMany(List.of(
                        documentOfA(9000.0, "double", 8080.0, "active"),
                        documentOfA(9001L, "long", 8080L, "active"),
                        documentOfA(Decimal128.parse("9002"), "decimal", Decimal128.parse("8080"), "active")));
        MongoPortAllocator host = host(ports(10));

        assertThat(port(allocate(host, "shop"))).isEqualTo(9003);
        for (String module : List.of("double", "long", "decimal")) {
            bound(host, module);
        }

        assertThat(host.statistics(soon()).allocations())
                .extracting(port -> port.port(), port -> port.module(), port -> port.internalPort())
                .containsExactly(
                        tuple(9000, "double", 8080),
                        tuple(9001, "long", 8080),
                        tuple(9002, "decimal", 8080),
                        tuple(9003, "shop", 8080));
    }

    @Test
    @DisplayName("case 28: beside an old writer that inserts at the same time, each port is got by one of the two")
    void anOldWriterAtTheSameTime() {
        List<MongoPortAllocator> hosts = List.of(warmHost(ports(400)), warmHost(ports(400)));

        List<List<Integer>> got =
                InParallel.run(4, number -> number < 2 ? installs(hosts.get(number), number) : inserts(number));

        assertThat(got).allSatisfy(ports -> assertThat(ports).isNotEmpty());
        assertThat(got.stream().flatMap(List::stream)).as("no port twice").doesNotHaveDuplicates();
        assertThat(registry().countDocuments(new Document("status", "active")))
                .isEqualTo(got.stream().mapToInt(List::size).sum());
        for (int number = 0; number < got.size(); number++) {
            String name = "module-" + number;
            assertThat(registry().find(new Document("module_name", new Document("$regex", "^" + name))))
                    .extracting(port -> port.getInteger("port"))
                    .containsAll(got.get(number));
        }
    }

    private static List<Integer> installs(MongoPortAllocator host, int number) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ports.add(port(bound(host, "module-" + number + "-" + i)));
        }
        return ports;
    }

    /** As A does it: the next port that it believes to be free, by an insert, and the next one if that is taken. */
    private List<Integer> inserts(int number) {
        List<Integer> ports = new ArrayList<>();
        for (int port = FIRST; ports.size() < 40; port++) {
            try {
                registry().insertOne(documentOfA(port, "module-" + number + "-" + port, 8080, "active"));
                ports.add(port);
            } catch (MongoWriteException e) {
                assertThat(e.getCode()).isEqualTo(11000);
            }
        }
        return ports;
    }

    @Test
    @DisplayName("case 28: A's own queries by status, by module and by port read our documents")
    void theQueriesOfAReadOurDocuments() {
        MongoPortAllocator host = host(ports(10));
        bound(host, "shop", 8080, 8443);
        release(host, bound(host, "gone"));

        assertThat(registry().find(new Document("status", "active")))
                .extracting(
                        port -> port.get("module_name"), port -> port.get("internal_port"), port -> port.get("port"))
                .containsExactlyInAnyOrder(tuple("shop", 8080, 9000), tuple("shop", 8443, 9001));
        assertThat(registry().find(new Document("module_name", "shop").append("status", "active")))
                .hasSize(2)
                .allSatisfy(port -> assertThat(port.getDate("allocated_at")).isNotNull());
        assertThat(registry().find(new Document("port", 9002)).first())
                .containsEntry("module_name", "gone")
                .containsEntry("status", "released");
    }
}
