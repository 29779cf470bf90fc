package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortStatistics;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ports to which something that is not ours turns out to be bound. */
abstract class PortAllocatorQuarantines extends PortAllocatorLifetimes {
    private static final PortAllocatorSetup ONE_PORT = PortAllocatorSetup.ofPorts(1);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Test
    void aQuarantinedPortIsNotHandedOutAgainAtOnce() {
        PortAllocator allocator = allocator(ONE_PORT);

        assertThat(quarantine(allocator, allocate(allocator, "first"), 9000)).isTrue();

        assertExhausted(allocator, "second");
    }

    @Test
    void aQuarantineLastsItsOwnTimeHoweverShortTheCooldownIs() {
        PortAllocator allocator = allocator(ONE_PORT);
        quarantine(allocator, allocate(allocator, "first"), 9000);

        passTime((hasQuarantine() ? ONE_PORT.quarantine() : ONE_PORT.cooldown()).minus(MOMENT));
        assertExhausted(allocator, "second");
        passTime(MOMENT.multipliedBy(2));
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void aBoundPortCanBeQuarantinedToo() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = bound(allocator, "first");

        assertThat(quarantine(allocator, first, 9000)).isTrue();

        assertExhausted(allocator, "second");
        assertThat(allocator.confirm(first, soon())).as("confirmed again").isFalse();
    }

    @Test
    void whatElseTheAllocationHoldsStaysHeld() {
        PortAllocator allocator = allocatorOf(3);
        PortAllocation whole = allocator.allocate(request("module", 8080, 8081), soon());

        quarantine(allocator, whole, 9000);

        assertThat(allocatedPorts(allocator)).containsExactly(9001);
        assertThat(allocator.confirm(whole, soon())).as("the whole confirmed").isFalse();
        assertThat(allocator.confirm(whole.only(List.of(9001)), soon()))
                .as("the rest confirmed")
                .isTrue();
    }

    @Test
    void theSameRequestFillsTheGapWithAnotherPort() {
        PortAllocator allocator = allocatorOf(3);
        PortRequest request = request("module", 8080, 8081);
        quarantine(allocator, allocator.allocate(request, soon()), 9000);

        PortAllocation filled = allocator.allocate(request, soon());

        assertThat(filled.ports()).isEqualTo(Map.of(8080, 9002, 8081, 9001));
        assertThat(allocator.confirm(filled, soon())).isTrue();
    }

    @Test
    void portsThatTheAllocationDoesNotNameAreNotQuarantined() {
        PortAllocator allocator = allocatorOf(2);
        PortAllocation whole = allocator.allocate(request("module", 8080, 8081), soon());
        PortAllocation part = whole.only(List.of(9000));

        quarantine(allocator, part, 9000, 9001);

        assertThat(allocatedPorts(allocator)).containsExactly(9001);
    }

    @Test
    void somebodyElseCanQuarantineNothing() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");

        assertThat(quarantine(allocator, ownedBy("somebody-else", first), 9000)).isFalse();

        assertThat(allocator.statistics(soon()).quarantined()).isZero();
        assertThat(allocator.confirm(first, soon()))
                .as("the owner still holds it")
                .isTrue();
    }

    @Test
    void aLateQuarantineDoesNotTouchTheSuccessor() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");
        giveBackUnused(allocator, first);
        PortAllocation second = bound(allocator, "second");

        assertThat(quarantine(allocator, first, 9000)).isFalse();

        assertThat(allocatedPorts(allocator)).containsExactly(9000);
        assertThat(release(allocator, second)).isTrue();
    }

    @Test
    void statisticsCountAQuarantinedPort() {
        PortAllocator allocator = allocatorOf(3);
        quarantine(allocator, allocate(allocator, "first"), 9000);

        PortStatistics statistics = allocator.statistics(soon());

        assertThat(statistics.quarantined()).isEqualTo(hasQuarantine() ? 1 : 0);
        assertThat(statistics.cooling()).isEqualTo(hasQuarantine() ? 0 : 1);
        assertThat(statistics.totalAvailable()).isEqualTo(2);
        assertThat(statistics.totalAllocated()).isZero();
    }
}
