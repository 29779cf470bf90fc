package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Deployments that take a reservation over and fail: it is there again, unless its time is over. */
abstract class PortReservationFailures extends PortReservationsFixture {
    private static final Duration LEASE = PortAllocatorSetup.ofPorts(1).lease();
    private static final Duration COOLDOWN = PortAllocatorSetup.ofPorts(1).cooldown();

    @Test
    void aDeploymentThatGivesUnboundPortsBackLeavesTheReservationAsItWas() {
        PortAllocator allocator = allocatorOf(2);
        PortReservation reservation = reserve(allocator, "module", 8080, 8081);

        assertThat(giveBackUnused(allocator, allocator.allocate(request("module", 8080, 8081), soon())))
                .isTrue();

        assertThat(list(allocator)).containsExactly(reservation);
        assertThat(allocatedPorts(allocator)).isEmpty();
        assertExhausted(allocator, "second");
    }

    @Test
    void aDeploymentWhoseContainerHadThePortsLeavesTheReservationAsItWas() {
        PortAllocator allocator = allocatorOf(2);
        PortReservation reservation = reserve(allocator, "module", 8080, 8081);

        assertThat(release(allocator, allocator.allocate(request("module", 8080, 8081), soon())))
                .isTrue();

        assertThat(list(allocator)).containsExactly(reservation);
        assertThat(reserved(allocator)).isEqualTo(2);
    }

    @Test
    void aDeploymentWhoseLeaseLapsesLeavesTheReservation() {
        PortAllocator allocator = allocatorOf(2);
        PortReservation reservation = reserve(allocator, "module", 8080, 8081);
        PortAllocation lapsed = allocator.allocate(request("module", 8080, 8081), soon());

        passTime(LEASE.plus(MOMENT));

        assertThat(list(allocator)).extracting(PortReservation::ports).containsExactly(reservation.ports());
        assertThat(allocator.confirm(lapsed, soon())).as("confirmed late").isFalse();
        assertExhausted(allocator, "second");
        passTime(TTL.minus(LEASE));
        assertThat(list(allocator)).as("after its former expiry").isEmpty();
    }

    @Test
    void theNextDeploymentGetsTheSamePortsAgain() {
        PortAllocator allocator = allocatorOf(10);
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocator, "module", 8080, 8081);
        PortRequest next = new PortRequest("module", 1, "the-next", List.of(8080, 8081));
        giveBackUnused(allocator, allocator.allocate(request("module", 8080, 8081), soon()));

        PortAllocation second = allocator.allocate(next, soon());
        release(allocator, second);
        PortAllocation third = allocator.allocate(request("module", 8080, 8081), soon());

        assertThat(List.of(second.ports(), third.ports())).containsOnly(reserved);
    }

    @Test
    void aLateReleaseOfTheFailedDeploymentDoesNotTouchTheReservation() {
        PortAllocator allocator = allocatorOf(1);
        PortReservation reservation = reserve(allocator, "module", 8080);
        PortAllocation failed = allocate(allocator, "module");
        giveBackUnused(allocator, failed);

        assertThat(giveBackUnused(allocator, failed)).isFalse();
        assertThat(allocator.confirm(failed, soon())).isFalse();

        assertThat(list(allocator)).containsExactly(reservation);
    }

    @Test
    void aReservationThatExpiredMeanwhileIsGone() {
        PortAllocator allocator = allocatorOf(1);
        reserveFor(MOMENT, allocator, "module", 8080);
        PortAllocation failed = allocate(allocator, "module");
        passTime(MOMENT.multipliedBy(2));

        assertThat(giveBackUnused(allocator, failed)).isTrue();

        assertThat(list(allocator)).isEmpty();
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void portsOfAReservationThatExpiredMeanwhileRestAfterALapse() {
        PortAllocator allocator = allocatorOf(1);
        reserveFor(MOMENT, allocator, "module", 8080);
        allocate(allocator, "module");

        passTime(LEASE.plus(MOMENT));

        assertThat(list(allocator)).isEmpty();
        assertExhausted(allocator, "second");
        passTime(COOLDOWN.plus(MOMENT));
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void whatTheFailedDeploymentGotBesidesIsFree() {
        PortAllocator allocator = allocatorOf(3);
        PortReservation reservation = reserve(allocator, "module", 8080, 8081);

        giveBackUnused(allocator, allocator.allocate(request("module", 7070, 8080, 8081), soon()));

        assertThat(list(allocator)).containsExactly(reservation);
        assertThat(port(allocator, "second")).isEqualTo(9002);
    }

    @Test
    void whatTheFailedDeploymentDidNotWantStaysFree() {
        PortAllocator allocator = allocatorOf(2);
        reserve(allocator, "module", 8080, 8081);

        giveBackUnused(allocator, allocator.allocate(request("module", 8081), soon()));

        assertThat(list(allocator))
                .singleElement()
                .satisfies(left -> assertThat(left.ports()).containsOnlyKeys(8081));
        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void aPortThatSomethingElseHoldsIsReservedNoLonger() {
        PortAllocator allocator = allocatorOf(3);
        reserve(allocator, "module", 8080, 8081);
        PortRequest request = request("module", 8080, 8081);
        quarantine(allocator, allocator.allocate(request, soon()), 9000);

        PortAllocation filled = allocator.allocate(request, soon());

        assertThat(filled.ports()).containsEntry(8080, 9002).containsEntry(8081, 9001);
        giveBackUnused(allocator, filled);
        assertThat(list(allocator))
                .as("what is still reserved")
                .singleElement()
                .satisfies(left -> assertThat(left.ports().values()).containsExactly(9001));
    }

    @Test
    void theNextDeploymentGetsWhatIsLeftOfTheReservation() {
        PortAllocator allocator = allocatorOf(10);
        SortedMap<Integer, Integer> reserved = reserveHighPorts(allocator, "module", 8080, 8081);
        PortAllocation failed = allocator.allocate(request("module", 8080, 8081), soon());
        quarantine(allocator, failed, firstPort(failed));
        giveBackUnused(allocator, failed);

        PortRequest next = new PortRequest("module", 1, "the-next", List.of(8080, 8081));

        assertThat(allocator.allocate(next, soon()).ports())
                .containsEntry(8080, 9000)
                .containsEntry(8081, reserved.get(8081));
    }

    @Test
    void aReservationThatHasLostAPortCanBeCancelled() {
        PortAllocator allocator = allocatorOf(2);
        reserve(allocator, "module", 8080, 8081);
        PortAllocation allocation = allocator.allocate(request("module", 8080, 8081), soon());
        quarantine(allocator, allocation, 9000);
        giveBackUnused(allocator, allocation);

        assertThat(cancel(allocator, "module")).isTrue();

        assertThat(port(allocator, "second")).isEqualTo(9001);
    }
}
