package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.FailureKind;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortSource;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Certain ports, or a part of the range. */
abstract class PortExactSources extends PortPoolsFixture {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Test
    void exactlyThePortsThatAreAskedForAreGranted() {
        PortAllocator allocator = allocator(general(10).with(MEDIA));

        PortAllocation allocation = allocator.allocate(exactly("module", Map.of(8080, 9007, 8081, 9101)), soon());

        assertThat(allocation.ports()).isEqualTo(Map.of(8080, 9007, 8081, 9101));
        assertThat(allocator.confirm(allocation, soon())).isTrue();
        assertThat(allocatedPorts(allocator)).containsExactly(9007, 9101);
        assertThat(port(allocator, "other")).isEqualTo(9000);
    }

    @Test
    void aPortThatAnotherHostGaveBackIsGrantedAlthoughItWasTakenWhenLastSeen() {
        PortAllocator other = allocatorOf(2);
        PortAllocation taken = allocate(other, "other");
        PortAllocator allocator = allocatorOf(2);
        assertThat(allocator.statistics(soon()).totalAvailable()).isEqualTo(1);

        giveBackUnused(other, taken);

        assertThat(port(allocator, "module", PortSource.exactly(Map.of(8080, 9000))))
                .isEqualTo(9000);
    }

    @Test
    void aPortThatHasRestedMeanwhileIsGrantedAlthoughItWasTakenWhenLastSeen() {
        PortAllocator allocator = allocatorOf(2);
        release(allocator, bound(allocator, "other"));
        assertThat(allocator.statistics(soon()).cooling()).isEqualTo(1);

        passTime(general(2).cooldown().plus(MOMENT));

        assertThat(port(allocator, "module", PortSource.exactly(Map.of(8080, 9000))))
                .isEqualTo(9000);
    }

    @Test
    void aPortThatSomebodyHoldsIsAConflictThatNamesBoth() {
        PortAllocator allocator = allocatorOf(10);
        bound(allocator, "the-holder");

        assertRefused(allocator, 9000, "the-holder");
        assertThat(allocatedPorts(allocator)).containsExactly(9000);
    }

    @Test
    void aPortThatCoolsDownIsAConflictThatNamesIt() {
        PortAllocator allocator = allocatorOf(10);
        release(allocator, bound(allocator, "former"));

        assertRefused(allocator, 9000, "cool");
    }

    @Test
    void aPortInQuarantineIsAConflictThatNamesIt() {
        PortAllocator allocator = allocatorOf(10);
        quarantine(allocator, allocate(allocator, "former"), 9000);

        assertRefused(allocator, 9000, "quarantine");
    }

    @Test
    void ifOneOfThePortsIsTakenTheOthersAreNotHeldEither() {
        PortAllocator allocator = allocatorOf(10);
        PortAllocation ninth = allocator.allocate(exactly("first", Map.of(8080, 9009)), soon());

        PortException failure =
                failure(() -> allocator.allocate(exactly("module", Map.of(1, 9003, 2, 9009, 3, 9004)), soon()));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("9009");
        assertThat(allocatedPorts(allocator)).containsExactly(9009);
        giveBackUnused(allocator, ninth);
        assertThat(allocator
                        .allocate(exactly("module", Map.of(1, 9003, 2, 9009, 3, 9004)), soon())
                        .ports())
                .containsEntry(3, 9004);
    }

    @Test
    void theSameRequestForExactPortsIsGrantedAgain() {
        PortAllocator allocator = allocatorOf(10);
        PortRequest request = exactly("module", Map.of(8080, 9005, 8081, 9003));
        PortAllocation first = allocator.allocate(request, soon());

        assertThat(allocator.allocate(request, soon())).isEqualTo(first);
        allocator.confirm(first, soon());
        assertThat(allocatorOf(10).allocate(request, soon())).isEqualTo(first);
        assertThat(allocatedPorts(allocator)).containsExactly(9003, 9005);
    }

    @Test
    void anotherOwnerOfTheSameGenerationIsRefusedHoweverFreeThePortsAre() {
        PortAllocator allocator = allocatorOf(10);
        bound(allocator, "module");
        PortRequest other =
                new PortRequest("module", 1, "somebody-else", List.of(8080), PortSource.exactly(Map.of(8080, 9005)));

        PortException failure = failure(() -> allocator.allocate(other, soon()));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).as("what holds the module's generation").hasMessageContaining("9000");
        assertThat(allocatedPorts(allocator)).containsExactly(9000);
    }

    @Test
    void oneOfManyGetsAPortThatAllWant() {
        List<PortAllocator> allocators = List.of(allocatorOf(10), allocatorOf(10));

        List<Boolean> granted = InParallel.run(16, thread -> {
            try {
                allocators.get(thread % 2).allocate(exactly("module-" + thread, Map.of(8080, 9004)), soon());
                return true;
            } catch (PortException e) {
                assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT);
                return false;
            }
        });

        assertThat(granted).containsOnlyOnce(true);
        assertThat(allocatedPorts(allocators.get(0))).containsExactly(9004);
    }

    @Test
    void aPartOfTheRangeIsNeverLeft() {
        PortAllocator allocator = allocator(general(10).expandingInto(new PortRange(9200, 9203)));

        assertThat(untilExhausted(allocator, PortSource.within(new PortRange(9003, 9005))))
                .containsExactly(9003, 9004, 9005);
        assertThat(untilExhausted(allocator, PortSource.within(new PortRange(9202, 9999))))
                .as("a part of what the range expands into")
                .containsExactly(9202, 9203);

        assertThat(exhaustion(allocator, request("one-more", PortSource.within(new PortRange(9003, 9005)))))
                .hasMessageContainingAll("9003-9005", "1 wanted", "0 free", "3 allocated");
        assertThat(port(allocator, "anywhere")).isEqualTo(9000);
    }

    @Test
    void manyWhoWantAPartOfTheRangeGetEachOfItsPortsOnce() {
        List<PortAllocator> allocators = List.of(allocatorOf(30), allocatorOf(30));
        PortSource part = PortSource.within(new PortRange(9010, 9017));

        List<Integer> ports = InParallel.run(16, thread -> next(allocators.get(thread % 2), thread, part)).stream()
                .flatMap(port -> port.stream())
                .toList();

        assertThat(ports).containsExactlyInAnyOrder(9010, 9011, 9012, 9013, 9014, 9015, 9016, 9017);
    }

    private static PortRequest exactly(String module, Map<Integer, Integer> ports) {
        return new PortRequest(module, 1, "owner-of-" + module, List.copyOf(ports.keySet()), PortSource.exactly(ports));
    }

    private static void assertRefused(PortAllocator allocator, int port, String why) {
        PortException failure = failure(() -> allocator.allocate(exactly("module", Map.of(8080, port)), soon()));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContainingAll(Integer.toString(port), "module", why);
    }
}
