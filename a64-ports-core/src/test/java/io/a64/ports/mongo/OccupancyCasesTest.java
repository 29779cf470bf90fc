package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortUse;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an allocation costs does not depend on how much is taken. Round trips are counted, not milliseconds. */
@Timeout(180)
@RequiresService(Service.MONGODB)
class OccupancyCasesTest extends RegistryCases {
    /** A fixed seed: the same ports are taken in every run. */
    private static final long SEED = 35;

    @ParameterizedTest(name = "case 35: of {0} ports {1} are taken: one round trip per allocation")
    @CsvSource({"11000, 0", "11000, 5500", "11000, 9900", "11000, 10890", "11000, 10989", "56000, 50400", "56000, 55944"
    })
    @DisplayName("case 35: an allocation of one host is one round trip, whatever is taken already")
    void oneRoundTripWhateverIsTaken(int ports, int taken) {
        RegistrySettings settings = ports(1).withRange(new PortRange(9000, 9000 + ports - 1));
        List<Integer> free = occupy(settings, taken);
        MongoPortAllocator host = warmHost(settings);
        List<Integer> expected = free.subList(0, Math.min(11, free.size()));

        List<Integer> got = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            got.add(port(allocate(host, "new-" + i)));
        }

        assertThat(got).as("the lowest free ones").isEqualTo(expected);
        assertThat(mongo.commands()).hasSize(expected.size()).containsOnly("update");
    }

    /**
     * Six round trips for a host that has looked just now: sweep, foreign ports, the two reads of a look, the holders of
     * the module, the counts. One whose picture is old tries a port in vain first, then looks for documents to add and
     * for those that others have added; nobody tries port after port.
     */
    @Test
    @DisplayName("case 35: that all of 11,000 ports are taken is found out in at most six round trips")
    void exhaustionIsFoundOutQuickly() {
        RegistrySettings settings = ports(11_000);
        MongoPortAllocator stale = warmHost(settings);
        occupy(settings, 11_000);
        MongoPortAllocator warm = warmHost(settings);

        assertThat(failure(() -> allocate(warm, "shop")).kind()).isEqualTo(FailureKind.EXHAUSTED);
        int warmTrips = roundTrips();
        mongo.forgetCommands();
        assertThat(failure(() -> allocate(stale, "shop")).kind()).isEqualTo(FailureKind.EXHAUSTED);

        assertThat(warmTrips).as("with a fresh picture").isLessThanOrEqualTo(6);
        assertThat(roundTrips()).as("with an old picture: %s", mongo.commands()).isLessThanOrEqualTo(10);
    }

    /** Returns the commands, but those that fetch the rest of an answer. */
    private int roundTrips() {
        return (int) mongo.commands().stream()
                .filter(command -> !command.equals("getMore"))
                .count();
    }

    @Test
    @DisplayName("case 35: four hosts with old pictures need at most one round trip more per port that they lose")
    void hostsWithOldPictures() {
        RegistrySettings settings = ports(1000);
        occupy(settings, 500);
        freeDocuments(settings);
        List<MongoPortAllocator> hosts =
                IntStream.range(0, 4).mapToObj(number -> warmHost(settings)).toList();

        List<Integer> got = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            mongo.forgetCommands();
            got.add(port(allocate(hosts.get(i % 4), "new-" + i)));
            assertThat(mongo.commands()).as("round trips of allocation %s", i).hasSizeLessThanOrEqualTo(2);
        }

        assertThat(got).doesNotHaveDuplicates();
    }

    /** A sweep frees what has rested; until then resting ports cost nothing, however many there are. */
    @Test
    @DisplayName("case 46: ten thousand resting ports do not make an allocation dearer, and one key is examined for it")
    void manyRestingPorts() {
        RegistrySettings settings = ports(11_000);
        host(settings).statistics(soon());
        Date now = Date.from(Instant.now().plusSeconds(3600));
        registry()
                .insertMany(from(FIRST, 10_000).stream()
                        .map(port -> documentOfA(port, "gone-" + port, 80, "released")
                                .append("cooling_since", now))
                        .toList());
        MongoPortAllocator host = warmHost(settings);
        MongoPortAllocator stale = warmHost(settings);

        assertThat(port(allocate(host, "first"))).isEqualTo(19_000);
        host.release(allocate(host, "opener"), PortUse.NEVER_BOUND, soon());
        assertThat(mongo.commands()).containsOnly("update").hasSize(3);
        mongo.forgetCommands();
        assertThat(port(allocate(stale, "second"))).isEqualTo(19_001);

        assertThat(mongo.commands()).containsExactly("update", "findAndModify");
        assertThat(QueryPlan.of(
                                mongo.database(),
                                QueryPlan.statements(mongo.sent().get(1))
                                        .findFirst()
                                        .orElseThrow())
                        .keys())
                .as("keys examined for the lowest free port, of which there is none left")
                .isLessThanOrEqualTo(1);
    }

    @Test
    @DisplayName(
            "case 47: eight threads of eight hosts on an empty registry take ports without a gap, and see no error")
    void anEmptyRegistryGrows() {
        RegistrySettings settings = ports(600);

        List<List<Integer>> got = takeOnEightHosts(settings, 40);

        assertThat(got.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(from(FIRST, 320));
    }

    @Test
    @DisplayName("case 47: around two ports of A eight hosts take the lowest ports without a gap, and see no error")
    void aRegistryWithTwoPortsOfAGrows() {
        RegistrySettings settings = ports(600);
        registry()
                .insertMany(
                        List.of(documentOfA(9001, "legacy", 80, "active"), documentOfA(9100, "other", 80, "active")));

        List<List<Integer>> got = takeOnEightHosts(settings, 40);

        List<Integer> expected = new ArrayList<>(from(FIRST, 322));
        expected.removeAll(List.of(9001, 9100));
        assertThat(got.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(documents())
                .extracting(port -> port.getInteger("port"))
                .as("what was added for it, free ports included, has no gap either")
                .containsExactlyElementsOf(from(FIRST, documents().size()));
    }

    private List<List<Integer>> takeOnEightHosts(RegistrySettings settings, int ports) {
        List<MongoPortAllocator> hosts =
                IntStream.range(0, 8).mapToObj(number -> warmHost(settings)).toList();
        return InParallel.run(8, number -> {
            List<Integer> got = new ArrayList<>();
            for (int i = 0; i < ports; i++) {
                got.add(port(allocate(hosts.get(number), "module-" + number + "-" + i)));
            }
            return got;
        });
    }

    /** Takes ports at random, and returns the others in order. */
    private List<Integer> occupy(RegistrySettings settings, int count) {
        host(settings).statistics(soon());
        List<Integer> ports =
                new ArrayList<>(from(settings.range().first(), settings.range().size()));
        Collections.shuffle(ports, new Random(SEED));
        List<Document> taken = ports.subList(0, count).stream()
                .map(port -> documentOfA(port, "taken-" + port, 80, "active")
                        .append("owner", "somebody")
                        .append("generation", 1)
                        .append("phase", "bound"))
                .toList();
        if (!taken.isEmpty()) {
            registry().insertMany(taken);
        }
        return ports.subList(count, ports.size()).stream().sorted().toList();
    }

    /** Adds the documents of the ports that nobody has. */
    private void freeDocuments(RegistrySettings settings) {
        List<Integer> known = registry().distinct("port", Integer.class).into(new ArrayList<>());
        registry()
                .insertMany(from(settings.range().first(), settings.range().size()).stream()
                        .filter(port -> !known.contains(port))
                        .map(port -> new Document("port", port)
                                .append("status", "released")
                                .append("free", true))
                        .toList());
    }

    @Test
    @DisplayName(
            "case 35: a request that cannot be served although some ports are free gives them back after nine round trips")
    void tooFewFreePorts() {
        RegistrySettings settings = ports(1000);
        occupy(settings, 998);
        MongoPortAllocator host = warmHost(settings);

        PortException failure = failure(() -> allocate(host, "shop", 1, 2, 3));

        assertThat(failure).hasMessageContainingAll("3 wanted", "2 free", "998 allocated");
        assertThat(roundTrips()).as("%s", mongo.commands()).isLessThanOrEqualTo(9);
    }
}
