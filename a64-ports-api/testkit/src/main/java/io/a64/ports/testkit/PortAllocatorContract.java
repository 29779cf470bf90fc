package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.PortStatistics;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PortAllocator} must do. An implementation inherits it as {@code <Name>PortAllocatorContractTest},
 * and supplies an allocator on a registry of the test's own ({@link #open}), how time passes ({@link #passTime}) and,
 * where there is such a thing, an allocator whose registry is down ({@link #openUnreachable}). What an allocator may do
 * besides has contracts of its own: {@link PortReservationsContract}, {@link PortPoolsContract}, {@link
 * PortLedgerContract}; they ask for the same fixture.
 */
public abstract class PortAllocatorContract extends PortAllocatorRaces {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Test
    void anEmptyRegistryGivesTheLowestPortsFirst() {
        PortAllocator allocator = allocatorOf(10);

        assertThat(port(allocator, "first")).isEqualTo(9000);
        assertThat(port(allocator, "second")).isEqualTo(9001);
        assertThat(port(allocator, "third")).isEqualTo(9002);
    }

    @Test
    void everyInternalPortGetsAnExternalPortOfItsOwn() {
        PortAllocation allocation = allocatorOf(10).allocate(request("module", 8443, 8080, 9090), soon());

        assertThat(allocation.module()).isEqualTo("module");
        assertThat(allocation.generation()).isEqualTo(1);
        assertThat(allocation.owner()).isEqualTo("owner-of-module");
        assertThat(allocation.ports()).containsOnlyKeys(8080, 8443, 9090).containsValues(9000, 9001, 9002);
    }

    @Test
    void theSameRequestGetsTheSamePortsWhileReservedAndWhenConfirmed() {
        PortAllocator allocator = allocatorOf(10);
        PortAllocation first = allocator.allocate(request("module", 8080, 8081), soon());

        assertThat(allocator.allocate(request("module", 8080, 8081), soon())).isEqualTo(first);
        allocator.confirm(first, soon());
        assertThat(allocator.allocate(request("module", 8080, 8081), soon())).isEqualTo(first);
        assertThat(allocator.renew(first, soon()))
                .as("a confirmed allocation stays one")
                .isFalse();
        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
    }

    @Test
    void theSameRequestGetsTheSamePortsFromAnotherAllocatorOnTheRegistry() {
        PortAllocation first = allocatorOf(10).allocate(request("module", 8080, 8081), soon());

        assertThat(allocatorOf(10).allocate(request("module", 8080, 8081), soon()))
                .isEqualTo(first);
    }

    @Test
    void anotherOwnerOfTheSameGenerationIsRefusedAndGetsNothing() {
        PortAllocator allocator = allocatorOf(10);
        PortAllocation first = allocate(allocator, "module");

        PortException same =
                failure(() -> allocator.allocate(new PortRequest("module", 1, "somebody-else", List.of(8080)), soon()));
        PortException others = failure(
                () -> allocator.allocate(new PortRequest("module", 1, "somebody-else", List.of(8443, 9090)), soon()));

        assertThat(List.of(same.kind(), others.kind())).containsOnly(FailureKind.CONFLICT);
        assertThat(same).hasMessageContaining("module");
        assertThat(allocatedPorts(allocator)).containsExactly(9000);
        assertThat(allocator.confirm(first, soon()))
                .as("the owner still holds its port")
                .isTrue();
    }

    @Test
    void everyGenerationHoldsPortsOfItsOwn() {
        PortAllocator allocator = allocatorOf(10);
        PortAllocation first = bound(allocator, "module");
        PortAllocation second = allocator.allocate(new PortRequest("module", 2, "next", List.of(8080)), soon());

        assertThat(firstPort(second)).isEqualTo(9001);
        release(allocator, first);
        assertThat(allocator.confirm(second, soon())).isTrue();
        assertThat(allocatedPorts(allocator)).containsExactly(9001);
    }

    @Test
    void everyPortOfTheRangeIsGivenOutButNoReservedOneAndNoneOutside() {
        PortAllocator allocator = allocator(
                PortAllocatorSetup.ofPorts(8).reserving(new PortRange(9000, 9000), new PortRange(9003, 9004)));
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            ports.add(port(allocator, "module-" + i));
        }

        assertThat(ports).containsExactlyInAnyOrder(9001, 9002, 9005, 9006, 9007);
        assertExhausted(allocator, "one-too-many");
    }

    @Test
    void exhaustionNamesTheRangeAndTheCounts() {
        PortAllocator allocator = allocatorOf(3);
        bound(allocator, "first");
        release(allocator, bound(allocator, "second"));

        PortException failure = failure(() -> allocator.allocate(request("module", 1, 2), soon()));

        assertThat(failure.kind()).isEqualTo(FailureKind.EXHAUSTED);
        assertThat(failure).hasMessageContainingAll("9000-9002", "2 wanted", "1 free", "1 allocated", "1 cooling");
    }

    @Test
    void tooFewFreePortsGiveNoneAtAll() {
        PortAllocator allocator = allocatorOf(3);
        allocate(allocator, "first");

        assertThat(failure(() -> allocator.allocate(request("module", 1, 2, 3), soon()))
                        .kind())
                .isEqualTo(FailureKind.EXHAUSTED);

        assertThat(allocatedPorts(allocator)).containsExactly(9000);
        assertThat(allocator.allocate(request("module", 1, 2), soon()).ports())
                .as("what was free before is free at once")
                .containsValues(9001, 9002);
    }

    @Test
    void moreInternalPortsThanTheRangeHoldsGetNoneAtAll() {
        PortAllocator allocator = allocatorOf(2);

        assertThat(failure(() -> allocator.allocate(request("module", 1, 2, 3), soon()))
                        .kind())
                .isEqualTo(FailureKind.EXHAUSTED);
        assertThat(allocatedPorts(allocator)).isEmpty();
    }

    @Test
    void statisticsTellWhatIsTakenAndWhatIsLeft() {
        PortAllocator allocator = allocator(PortAllocatorSetup.ofPorts(10).reserving(new PortRange(9000, 9001)));
        bound(allocator, "bound");
        release(allocator, bound(allocator, "cooling"));
        allocator.allocate(request("reserved", 8080, 8081), soon());

        PortStatistics statistics = allocator.statistics(soon());

        assertThat(statistics.range()).isEqualTo(new PortRange(9000, 9009));
        assertThat(statistics.totalAllocated()).isEqualTo(3);
        assertThat(statistics.totalAvailable())
                .as("10 - 2 reserved - 3 held - 1 cooling")
                .isEqualTo(4);
        assertThat(statistics.reserved())
                .as("set aside for modules that are not installed")
                .isZero();
        assertThat(statistics.cooling()).isEqualTo(1);
        assertThat(statistics.quarantined()).isZero();
    }

    @Test
    void everyPortThatMayBeHandedOutIsCountedOnce() {
        PortAllocator allocator = allocator(PortAllocatorSetup.ofPorts(10).reserving(new PortRange(9000, 9001)));
        bound(allocator, "bound");
        release(allocator, bound(allocator, "cooling"));
        quarantine(allocator, allocate(allocator, "quarantined"), 9004);
        allocator.allocate(request("reserved", 8080, 8081), soon());

        PortStatistics statistics = allocator.statistics(soon());

        assertThat(statistics.totalAvailable()
                        + statistics.totalAllocated()
                        + statistics.reserved()
                        + statistics.cooling()
                        + statistics.quarantined())
                .as("10 - 2 reserved")
                .isEqualTo(8);
        assertThat(statistics.totalAvailable()).isEqualTo(3);
    }

    @Test
    void aSourceThatThereIsNotIsRefusedBeforeAnythingIsTouched() {
        PortAllocator allocator = allocator(PortAllocatorSetup.ofPorts(10).reserving(new PortRange(9003, 9003)));

        assertInvalid(allocator, PortSource.pool("no-such-pool"));
        assertInvalid(allocator, PortSource.within(new PortRange(8000, 8999)));
        assertInvalid(allocator, PortSource.within(new PortRange(9003, 9003)));
        assertInvalid(allocator, PortSource.exactly(Map.of(8080, 9010)));
        assertInvalid(allocator, PortSource.exactly(Map.of(8080, 9003)));
    }

    @Test
    void statisticsListWhoHoldsWhatSortedByPort() {
        PortAllocator allocator = allocatorOf(10);
        allocate(allocator, "second-in-the-alphabet");
        allocate(allocator, "first-in-the-alphabet");

        assertThat(allocator.statistics(soon()).allocations())
                .satisfiesExactly(
                        one -> {
                            assertThat(one.port()).isEqualTo(9000);
                            assertThat(one.module()).isEqualTo("second-in-the-alphabet");
                            assertThat(one.internalPort()).isEqualTo(8080);
                            assertThat(one.allocatedAt()).isNotNull();
                        },
                        other -> assertThat(other.port()).isEqualTo(9001));
    }

    @Test
    void itsNameIsShortAndLowerCase() {
        assertThat(allocatorOf(1).name()).matches("[a-z][a-z0-9-]{0,30}");
    }

    @Test
    void aRegistryThatIsThereAnswersAPing() {
        allocatorOf(1).ping(soon());
    }

    @Test
    void closingTwiceIsQuietAndReleasesNothing() {
        PortAllocator closed = allocatorOf(10);
        allocate(closed, "module");

        closed.close();
        closed.close();

        assertThat(allocatedPorts(allocatorOf(10))).containsExactly(9000);
    }

    @Test
    void aRegistryThatIsDownShowsAsATypedFailureByTheDeadline() {
        openUnreachable().ifPresent(allocator -> {
            try (allocator) {
                long start = System.nanoTime();
                PortException failure = failure(() -> allocator.allocate(request("module"), Deadline.after(PATIENCE)));

                assertThat(failure.kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.DEADLINE_EXCEEDED);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(2));
            }
        });
    }
}
