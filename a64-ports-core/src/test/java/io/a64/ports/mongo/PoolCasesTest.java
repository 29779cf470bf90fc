package io.a64.ports.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.registry.RegistrySettings;
import io.a64.ports.testkit.InParallel;
import io.a64.test.services.RequiresService;
import io.a64.test.services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges and pools: where ports may come from, and where not. */
@Timeout(120)
@RequiresService(Service.MONGODB)
class PoolCasesTest extends RegistryCases {

    @Test
    @DisplayName("case 30: when the range shrinks below held ports they stay held, and new ones lie within it")
    void aRangeThatShrinks() {
        MongoPortAllocator before = host(ports(10));
        List<PortAllocation> held = Stream.of("one", "two", "three")
                .map(module -> bound(before, module))
                .toList();

        MongoPortAllocator after = host(ports(2));

        assertThat(heldPorts(after)).containsExactly(9000, 9001, 9002);
        assertThat(after.confirm(held.get(2), soon())).isTrue();
        assertThat(failure(() -> allocate(after, "four")).kind()).isEqualTo(FailureKind.EXHAUSTED);
        assertThat(release(after, held.get(2)))
                .as("released outside of the range")
                .isTrue();
        assertThat(release(after, held.get(0))).isTrue();
        passTime(COOLDOWN.plusSeconds(1));
        assertThat(port(allocate(after, "four"))).isEqualTo(9000);
        assertThat(failure(() -> allocate(after, "five")).kind()).isEqualTo(FailureKind.EXHAUSTED);
    }

    @Test
    @DisplayName("case 30: when the range moves away from held ports they stay held, and can be released")
    void aRangeThatMoves() {
        PortAllocation held = bound(host(ports(10)), "one");

        MongoPortAllocator after = host(ports(10).withRange(new PortRange(9500, 9501)));

        assertThat(port(allocate(after, "two"))).isEqualTo(9500);
        assertThat(allocate(after, "one")).as("the same request").isEqualTo(held);
        assertThat(release(after, held)).isTrue();
        passTime(COOLDOWN.plusSeconds(1));
        assertThat(List.of(port(allocate(after, "three")))).containsExactly(9501);
        assertThat(failure(() -> allocate(after, "four")).kind()).isEqualTo(FailureKind.EXHAUSTED);
    }

    @Test
    @DisplayName("case 31: reserved ports, pools of size 1 and pools of a family never give a port of somebody else's")
    void nothingComesFromElsewhere() {
        RegistrySettings settings = ports(6).withReserved(List.of(new PortRange(9001, 9001), new PortRange(9200, 9200)))
                .withPools(
                        PortPool.of("single", new PortRange(9003, 9003)),
                        PortPool.of("media", new PortRange(9199, 9201)).forModules("media-*"));
        MongoPortAllocator host = host(settings);

        assertThat(all(host, "general", PortSource.assigned())).containsExactly(9000, 9002, 9004, 9005);
        assertThat(all(host, "one", PortSource.pool("single"))).containsExactly(9003);
        assertThat(all(host, "media", PortSource.assigned())).containsExactly(9199, 9201);
        assertThatThrownBy(() -> host.allocate(from("x", PortSource.exactly(Map.of(8080, 9001))), soon()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("9001");
    }

    @Test
    @DisplayName("case 31: overlapping and nested pools never give one port twice")
    void overlappingPoolsShareTheirPorts() {
        RegistrySettings settings = ports(1).withPools(
                        PortPool.of("outer", new PortRange(9100, 9119)),
                        PortPool.of("inner", new PortRange(9105, 9109)),
                        PortPool.of("beside", new PortRange(9110, 9129)));
        List<MongoPortAllocator> hosts = List.of(host(settings), host(settings), host(settings));
        List<String> pools = List.of("outer", "inner", "beside");

        List<List<Integer>> got = InParallel.run(
                3, number -> all(hosts.get(number), pools.get(number), PortSource.pool(pools.get(number))));

        assertThat(got.get(0)).isSubsetOf(from(9100, 20));
        assertThat(got.get(1)).isSubsetOf(from(9105, 5));
        assertThat(got.get(2)).isSubsetOf(from(9110, 20));
        assertThat(got.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(from(9100, 30));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "-1, 10", "10, 65536", "11, 10"})
    @DisplayName("case 32: a range that is none is refused before a database is thought of")
    void aRangeThatIsNone(int first, int last) {
        assertThatThrownBy(() -> new PortRange(first, last)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("case 32: a range all of whose ports are reserved is refused before a database is asked")
    void aRangeThatIsAllReserved() {
        RegistrySettings settings = ports(3).withReserved(List.of(new PortRange(9000, 9002)));

        assertThatThrownBy(() -> host(settings))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("9000-9002");
        assertThat(mongo.commands()).isEmpty();
    }

    @Test
    @DisplayName("case 32: more ports than a pool holds are refused by a new host without a command to its database")
    void morePortsThanThePoolHolds() {
        MongoPortAllocator host = host(ports(2));

        PortException failure = failure(() -> allocate(host, "shop", 1, 2, 3));

        assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
        assertThat(failure).hasMessageContainingAll("3 wanted", "9000-9001");
        assertThat(mongo.commands()).isEmpty();
    }

    private static PortRequest from(String module, PortSource source) {
        return new PortRequest(module, 1, "owner-of-" + module, List.of(8080), source);
    }

    /** Takes ports one by one until none is left. */
    private static List<Integer> all(MongoPortAllocator host, String name, PortSource source) {
        List<Integer> ports = new ArrayList<>();
        Optional<Integer> port = take(host, from(name + "-0", source));
        while (port.isPresent()) {
            ports.add(port.get());
            port = take(host, from(name + "-" + ports.size(), source));
        }
        return ports;
    }

    private static Optional<Integer> take(MongoPortAllocator host, PortRequest request) {
        try {
            return Optional.of(port(host.allocate(request, soon())));
        } catch (PortException e) {
            assertThat(e.kind()).isEqualTo(FailureKind.EXHAUSTED);
            return Optional.empty();
        }
    }
}
