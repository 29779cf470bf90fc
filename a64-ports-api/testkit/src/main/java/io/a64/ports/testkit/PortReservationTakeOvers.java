package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.spi.PortAllocator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The deployment that gets the reserved ports. */
abstract class PortReservationTakeOvers extends PortReservationFailures {

    @Test
    void theDeploymentGetsExactlyTheReservedPorts() {
        PortAllocator allocator = allocatorOf(10);
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocator, "module", 8080, 8081, 8082);

        PortAllocation allocation = allocator.allocate(request("module", 8080, 8081, 8082), soon());

        assertThat(allocation.ports()).isEqualTo(reserved);
        assertThat(allocator.confirm(allocation, soon())).isTrue();
        assertThat(allocatedPorts(allocator)).containsExactlyElementsOf(reserved.values());
    }

    @Test
    void theOrderOfTheInternalPortsDoesNotMatter() {
        PortAllocator allocator = allocatorOf(10);
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocator, "module", 9090, 8080);

        assertThat(allocator.allocate(request("module", 8080, 9090), soon()).ports())
                .isEqualTo(reserved);
    }

    @Test
    void anAllocatorOfAnotherHostTakesTheReservationOver() {
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocatorOf(10), "module", 8080, 8081);

        assertThat(allocatorOf(10)
                        .allocate(request("module", 8080, 8081), soon())
                        .ports())
                .isEqualTo(reserved);
    }

    @Test
    void statisticsFollowFromReservedToAllocated() {
        PortAllocator allocator = allocatorOf(10);
        reserve(allocator, "module", 8080, 8081);
        assertThat(reserved(allocator)).isEqualTo(2);
        assertThat(allocatedPorts(allocator)).isEmpty();

        PortAllocation allocation = allocator.allocate(request("module", 8080, 8081), soon());
        assertThat(reserved(allocator)).as("reserved while deployed").isZero();
        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
        assertThat(list(allocator)).as("reservations while deployed").isEmpty();

        allocator.confirm(allocation, soon());
        assertThat(reserved(allocator)).as("reserved when deployed").isZero();
        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
    }

    @Test
    void anInternalPortMoreGetsAPortThatWasNotReserved() {
        PortAllocator allocator = allocatorOf(10);
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocator, "module", 8080, 8081);

        PortAllocation allocation = allocator.allocate(request("module", 7070, 8080, 8081), soon());

        assertThat(allocation.ports())
                .containsAllEntriesOf(reserved)
                .containsEntry(7070, 9000)
                .hasSize(3);
        assertThat(allocator.confirm(allocation, soon())).isTrue();
    }

    @Test
    void theSurplusOfAReservationIsFreeAtOnceWhicheverPortItIs() {
        PortAllocator allocator = allocatorOf(4);
        reserve(allocator, "lower-left-out", 8080, 8081);
        reserve(allocator, "higher-left-out", 8080, 8081);

        assertThat(allocator.allocate(request("lower-left-out", 8081), soon()).ports())
                .isEqualTo(Map.of(8081, 9001));
        assertThat(allocator.allocate(request("higher-left-out", 8080), soon()).ports())
                .isEqualTo(Map.of(8080, 9002));

        assertThat(reserved(allocator)).isZero();
        assertThat(allocator.allocate(request("other", 1, 2), soon()).ports()).containsValues(9000, 9003);
    }

    @Test
    void otherInternalPortsThanReservedStillGetPorts() {
        PortAllocator allocator = allocatorOf(2);
        reserve(allocator, "module", 8080, 8081);

        PortAllocation allocation = allocator.allocate(request("module", 1, 2), soon());

        assertThat(allocation.ports()).containsOnlyKeys(1, 2).containsValues(9000, 9001);
        assertThat(allocator.confirm(allocation, soon())).isTrue();
        assertThat(reserved(allocator)).isZero();
    }

    @Test
    void nobodyElseGetsReservedPorts() {
        PortAllocator allocator = allocatorOf(3);
        reserve(allocator, "module", 8080, 8081);

        assertThat(port(allocator, "second")).isEqualTo(9002);
        assertExhausted(allocator, "third");
        assertExhausted(allocatorOf(3), "fourth");
    }

    @Test
    void anotherGenerationOfTheModuleDoesNotGetThem() {
        PortAllocator allocator = allocatorOf(3);
        reserve(allocator, "module", 8080);

        PortAllocation next = allocator.allocate(new PortRequest("module", 2, "next", List.of(8080)), soon());

        assertThat(firstPort(next)).isEqualTo(9001);
        assertThat(list(allocator)).extracting(PortReservation::module).containsExactly("module");
    }

    @Test
    void theSameRequestGetsTheSamePortsWhileItDeploysAndAfterwards() {
        PortAllocator allocator = allocatorOf(10);
        reserve(allocator, "module", 8080, 8081);
        PortAllocation first = allocator.allocate(request("module", 8080, 8081), soon());

        assertThat(allocator.allocate(request("module", 8080, 8081), soon())).isEqualTo(first);
        allocator.confirm(first, soon());
        assertThat(allocator.allocate(request("module", 8080, 8081), soon())).isEqualTo(first);
        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
    }

    @Test
    void aSecondDeploymentIsRefusedAndTakesNothing() {
        PortAllocator allocator = allocatorOf(10);
        reserve(allocator, "module", 8080, 8081);
        PortAllocation first = allocator.allocate(request("module", 8080, 8081), soon());
        PortRequest second = new PortRequest("module", 1, "somebody-else", List.of(8080, 8081));

        assertThat(failure(() -> allocator.allocate(second, soon())).kind()).isEqualTo(FailureKind.CONFLICT);

        assertThat(allocatedPorts(allocator)).containsExactly(9000, 9001);
        assertThat(allocator.confirm(first, soon())).isTrue();
    }

    @Test
    void oneOfManyDeploymentsTakesTheReservationOver() {
        List<PortAllocator> allocators = List.of(allocatorOf(64), allocatorOf(64));
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocators.get(0), "module", 8080, 8081);
        PortRequest request = request("module", 8080, 8081);

        List<PortAllocation> allocations =
                InParallel.run(16, thread -> allocators.get(thread % 2).allocate(request, soon()));

        assertThat(allocations).extracting(PortAllocation::ports).containsOnly(reserved);
        assertThat(allocatedPorts(allocators.get(0))).containsExactlyElementsOf(reserved.values());
    }

    @Test
    void oneOfManyOwnersTakesTheReservationOverAndTheOthersLeaveNothingBehind() {
        List<PortAllocator> allocators = List.of(allocatorOf(99), allocatorOf(99));
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocators.get(0), "module", 8080, 8081, 8082);

        List<Optional<PortAllocation>> allocations = InParallel.run(16, thread -> {
            PortRequest request = new PortRequest("module", 1, "owner-" + thread, List.of(8080, 8081, 8082));
            try {
                return Optional.of(allocators.get(thread % 2).allocate(request, soon()));
            } catch (PortException e) {
                assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT);
                return Optional.empty();
            }
        });

        assertThat(allocations.stream().flatMap(Optional::stream))
                .singleElement()
                .satisfies(winner -> assertThat(winner.ports()).isEqualTo(reserved));
        assertThat(allocatedPorts(allocators.get(0))).containsExactlyElementsOf(reserved.values());
    }

    @Test
    void cancellingDoesNothingToTheDeploymentThatHasTakenItOver() {
        PortAllocator allocator = allocatorOf(1);
        reserve(allocator, "module", 8080);
        PortAllocation allocation = allocate(allocator, "module");

        assertThat(cancel(allocator, "module")).isFalse();

        assertExhausted(allocator, "second");
        assertThat(allocator.confirm(allocation, soon())).isTrue();
    }

    @Test
    void theReservationDoesNotExpireUnderTheDeploymentThatHasTakenItOver() {
        PortAllocator allocator = allocatorOf(1);
        reserveFor(MOMENT, allocator, "module", 8080);
        PortAllocation allocation = allocate(allocator, "module");

        passTime(MOMENT.multipliedBy(2));

        assertExhausted(allocator, "second");
        assertThat(list(allocator)).isEmpty();
        assertThat(allocator.confirm(allocation, soon())).isTrue();
    }

    @Test
    void nothingIsLeftOfTheReservationWhenTheModuleIsRemoved() {
        PortAllocator allocator = allocatorOf(1);
        reserve(allocator, "module", 8080);

        release(allocator, bound(allocator, "module"));

        assertThat(list(allocator)).isEmpty();
        assertThat(reserved(allocator)).isZero();
        passTime(PortAllocatorSetup.ofPorts(1).cooldown().plus(MOMENT));
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }
}
