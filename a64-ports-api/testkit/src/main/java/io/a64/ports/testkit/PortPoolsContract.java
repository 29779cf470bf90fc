package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PoolStatistics;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.PortSource;
import io.a64.ports.spi.PortAllocator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a {@link PortAllocator} must do that hands out ports from wherever it is asked to: pools, expansions, parts of
 * the range, certain ports; besides {@link PortAllocatorContract}, whose fixture it shares. It has a {@link
 * PortAllocator#ledger}, which tells that a pool expands. An implementation inherits it as {@code
 * <Name>PortPoolsContractTest}.
 */
public abstract class PortPoolsContract extends PortExpansions {

    @Test
    void whoAsksForAPoolGetsItsPorts() {
        PortAllocator allocator = allocator(general(5).with(MEDIA));

        assertThat(port(allocator, "module", FROM_MEDIA)).isEqualTo(9100);
        assertThat(port(allocator, "other")).isEqualTo(9000);
    }

    @Test
    void modulesOfAFamilyGetPortsOfItsPoolWithoutAsking() {
        PortAllocator allocator = allocator(general(5).with(MEDIA.forModules("media-*", "video")));

        assertThat(port(allocator, "media-server")).isEqualTo(9100);
        assertThat(port(allocator, "video")).isEqualTo(9101);
        assertThat(port(allocator, "video-2")).as("no name of the family").isEqualTo(9000);
        assertThat(port(allocator, "media-late", PortSource.pool("general")))
                .as("who asks for the general range")
                .isEqualTo(9001);
    }

    @Test
    void aFamilyWhosePoolIsFullGetsNothingElsewhere() {
        PortAllocator allocator = allocator(general(5).with(MEDIA.forModules("media-*")));
        allocator.allocate(request("media-server", 1, 2), soon());

        assertExhausted(allocator, "media-late");
    }

    @Test
    void theGeneralRangeLeavesThePortsOfPoolsAlone() {
        PortAllocator allocator = allocator(
                general(6).with(PortPool.of("inside", new PortRange(9001, 9002)).expandingInto(single(9004))));

        assertThat(untilExhausted(allocator, PortSource.assigned())).containsExactly(9000, 9003, 9005);
    }

    @Test
    void theSameRequestGetsTheSamePortsFromAPool() {
        PortAllocator allocator = allocator(general(5).with(MEDIA));
        int first = port(allocator, "module", FROM_MEDIA);

        assertThat(port(allocator, "module", FROM_MEDIA)).isEqualTo(first);
        assertThat(allocatedPorts(allocator)).containsExactly(9100);
    }

    @Test
    void aPoolOfOnePortServesOneModule() {
        PortAllocator allocator = allocator(general(5).with(PortPool.of("media", single(9100))));

        assertThat(untilExhausted(allocator, FROM_MEDIA)).containsExactly(9100);
    }

    @Test
    void aPoolOfSeveralRangesUsesThemAll() {
        PortAllocator allocator =
                allocator(general(5).with(PortPool.of("media", new PortRange(9110, 9111), single(9105))));

        assertThat(untilExhausted(allocator, FROM_MEDIA)).containsExactlyInAnyOrder(9105, 9110, 9111);
    }

    @Test
    void reservedPortsAreNotHandedOutByPoolsAndExpansionsEither() {
        PortAllocator allocator = allocator(general(2)
                .expandingInto(new PortRange(9200, 9201))
                .reserving(single(9101), single(9200))
                .with(PortPool.of("media", new PortRange(9100, 9102))));

        assertThat(untilExhausted(allocator, FROM_MEDIA)).containsExactly(9100, 9102);
        assertThat(untilExhausted(allocator, PortSource.assigned())).containsExactly(9000, 9001, 9201);
    }

    @Test
    void overlappingAndNestedPoolsNeverGiveOnePortTwice() {
        PortAllocatorSetup setup = general(5)
                .with(
                        PortPool.of("one", new PortRange(9100, 9105)),
                        PortPool.of("other", new PortRange(9103, 9108)),
                        PortPool.of("nested", single(9104)));
        List<PortAllocator> allocators = List.of(allocator(setup), allocator(setup));
        List<PortSource> pools = List.of(PortSource.pool("one"), PortSource.pool("other"), PortSource.pool("nested"));

        List<Integer> ports =
                InParallel.run(24, thread -> next(allocators.get(thread % 2), thread, pools.get(thread % 3))).stream()
                        .flatMap(port -> port.stream())
                        .toList();

        assertThat(ports)
                .as("8 want each pool, and none may be left over")
                .containsExactlyInAnyOrder(9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107, 9108);
    }

    @Test
    void exhaustionNamesThePoolItsRangesAndItsCounts() {
        PortAllocator allocator = allocator(general(5).with(MEDIA.expandingInto(single(9300))));
        allocator.allocate(request("first", FROM_MEDIA), soon());
        release(allocator, allocator.allocate(request("second", FROM_MEDIA), soon()));
        quarantine(allocator, allocator.allocate(request("third", FROM_MEDIA), soon()), 9300);

        assertThat(exhaustion(allocator, request("module", FROM_MEDIA)))
                .hasMessageContainingAll(
                        "media",
                        "9100-9101",
                        "9300-9300",
                        "1 wanted",
                        "0 free",
                        "3 ports",
                        "1 allocated",
                        "1 cooling",
                        "1 quarantined");
    }

    @Test
    void statisticsListTheGeneralRangeAndEveryPoolSortedByName() {
        PortAllocator allocator = allocator(general(5)
                .expandingInto(single(9200))
                .reserving(single(9000))
                .with(PortPool.of("video", single(9004)), MEDIA.expandingInto(single(9300))));

        assertThat(allocator.statistics(soon()).pools())
                .containsExactly(
                        empty("general", List.of(new PortRange(9000, 9004)), List.of(single(9200)), 4),
                        empty("media", List.of(new PortRange(9100, 9101)), List.of(single(9300)), 3),
                        empty("video", List.of(single(9004)), List.of(), 1));
    }

    @Test
    void theCountsOfEveryPoolAddUpToItsSize() {
        PortAllocator allocator = allocator(general(5).with(PortPool.of("media", new PortRange(9100, 9105))));
        allocator.allocate(request("reserved", FROM_MEDIA), soon());
        allocator.confirm(allocator.allocate(request("bound", FROM_MEDIA), soon()), soon());
        release(allocator, allocator.allocate(request("cooling", FROM_MEDIA), soon()));
        quarantine(allocator, allocator.allocate(request("quarantined", FROM_MEDIA), soon()), 9103);
        allocate(allocator, "of-the-general-range");

        assertThat(pool(allocator, "media"))
                .isEqualTo(
                        new PoolStatistics("media", List.of(new PortRange(9100, 9105)), List.of(), 6, 2, 2, 0, 1, 1));
        assertThat(allocator.statistics(soon()).pools())
                .allSatisfy(pool -> assertThat(pool.available()
                                + pool.allocated()
                                + pool.reserved()
                                + pool.cooling()
                                + pool.quarantined())
                        .as("counts of " + pool.name())
                        .isEqualTo(pool.size()));
        assertThat(allocator.statistics(soon()).totalAvailable())
                .as("of the general range")
                .isEqualTo(4);
    }

    @Test
    void portsThatAreSpreadAreAllHandedOutOnce() {
        PortAllocatorSetup setup = general(32).spreading();
        List<PortAllocator> allocators = List.of(allocator(setup), allocator(setup));

        List<Integer> ports = InParallel.run(
                        16, thread -> allocators.get(thread % 2).allocate(request("module-" + thread, 1, 2), soon()))
                .stream()
                .flatMap(allocation -> allocation.ports().values().stream())
                .toList();

        assertThat(ports)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(9000, 9032).boxed().toList());
        assertExhausted(allocators.get(0), "one-too-many");
    }

    @Test
    void portsThatAreSpreadAreNotSimplyTheLowest() {
        PortAllocator allocator =
                allocator(general(5).from(new PortRange(9000, 9999)).spreading());
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < 8; i++) {
            ports.add(port(allocator, "module-" + i));
        }

        // By chance once in 10^24 runs.
        assertThat(ports).hasSize(8).isNotEqualTo(Set.of(9000, 9001, 9002, 9003, 9004, 9005, 9006, 9007));
    }

    private static PoolStatistics empty(String name, List<PortRange> ranges, List<PortRange> expansion, int size) {
        return new PoolStatistics(name, ranges, expansion, size, size, 0, 0, 0, 0);
    }
}
