package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From reservation to reuse: confirming, renewing, lapsing, releasing, resting. */
abstract class PortAllocatorLifetimes extends PortAllocatorFixture {
    private static final PortAllocatorSetup ONE_PORT = PortAllocatorSetup.ofPorts(1);
    private static final Duration LEASE = ONE_PORT.lease();
    private static final Duration COOLDOWN = ONE_PORT.cooldown();
    private static final Duration MOMENT = Duration.ofSeconds(5);

    @Test
    void aPortThatWasNeverBoundIsFreeAtOnce() {
        PortAllocator allocator = allocator(ONE_PORT);

        assertThat(giveBackUnused(allocator, allocate(allocator, "first"))).isTrue();

        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void aPortThatIsGivenBackUnusedIsTheLowestFreeOneAgain() {
        PortAllocator allocator = allocatorOf(5);
        PortAllocation lowest = allocate(allocator, "first");
        allocate(allocator, "second");

        giveBackUnused(allocator, lowest);

        assertThat(port(allocator, "third")).isEqualTo(9000);
    }

    @Test
    void aBoundPortThatIsReleasedRestsForTheCooldown() {
        PortAllocator allocator = allocator(ONE_PORT);
        assertThat(release(allocator, bound(allocator, "first"))).isTrue();

        assertExhausted(allocator, "second");
        passTime(COOLDOWN.minus(MOMENT));
        assertExhausted(allocator, "second");
    }

    @Test
    void aRestedPortIsGivenOutAgain() {
        PortAllocator allocator = allocator(ONE_PORT);
        release(allocator, bound(allocator, "first"));

        passTime(COOLDOWN.plus(MOMENT));

        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void withoutACooldownAReleasedPortIsFreeAtOnce() {
        PortAllocator allocator = allocator(ONE_PORT.resting(Duration.ZERO));

        release(allocator, bound(allocator, "first"));

        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void theSameModuleMayComeBackAfterItsRelease() {
        PortAllocator allocator = allocatorOf(2);
        release(allocator, bound(allocator, "first"));

        assertThat(port(allocator, "first")).isEqualTo(9001);
    }

    @Test
    void aReservationOutlivesAlmostTheWholeLease() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");

        passTime(LEASE.minus(MOMENT));

        assertExhausted(allocator, "second");
        assertThat(allocator.confirm(first, soon())).isTrue();
    }

    @Test
    void aReservationThatIsNotConfirmedLapsesAfterTheLease() {
        PortAllocator allocator = allocator(ONE_PORT);
        allocate(allocator, "first");

        lapse(allocator, 1);

        assertThat(port(allocator, "second")).isEqualTo(9000);
    }

    @Test
    void aLapsedReservationCanBeNeitherConfirmedNorRenewedNorReleased() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");
        lapse(allocator, 1);
        PortAllocation second = bound(allocator, "second");

        assertThat(allocator.confirm(first, soon())).as("confirmed").isFalse();
        assertThat(allocator.renew(first, soon())).as("renewed").isFalse();
        assertThat(release(allocator, first)).as("released").isFalse();

        assertExhausted(allocator, "third");
        assertThat(allocator.confirm(second, soon()))
                .as("the successor still holds it")
                .isTrue();
    }

    @Test
    void aRenewedReservationLastsForAnotherLease() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");
        passTime(LEASE.minus(MOMENT));

        assertThat(allocator.renew(first, soon())).isTrue();
        passTime(LEASE.minus(MOMENT));

        assertExhausted(allocator, "second");
        assertThat(allocator.confirm(first, soon())).isTrue();
    }

    @Test
    void aConfirmedAllocationNeverLapses() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = bound(allocator, "first");

        passTime(LEASE.multipliedBy(3));

        assertExhausted(allocator, "second");
        assertThat(allocator.confirm(first, soon())).isTrue();
    }

    @Test
    void confirmingTwiceIsQuiet() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = bound(allocator, "first");

        assertThat(allocator.confirm(first, soon())).isTrue();
    }

    @Test
    void aConfirmedAllocationIsNoReservationThatCouldBeRenewed() {
        PortAllocator allocator = allocator(ONE_PORT);

        assertThat(allocator.renew(bound(allocator, "first"), soon())).isFalse();
    }

    @Test
    void somebodyElseCanNeitherConfirmNorRenewNorRelease() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");
        PortAllocation foreign = ownedBy("somebody-else", first);

        assertThat(allocator.confirm(foreign, soon())).as("confirmed").isFalse();
        assertThat(allocator.renew(foreign, soon())).as("renewed").isFalse();
        assertThat(giveBackUnused(allocator, foreign)).as("released").isFalse();

        assertExhausted(allocator, "second");
        assertThat(allocator.renew(first, soon()))
                .as("the owner holds it as before")
                .isTrue();
    }

    @Test
    void theOwnerCanDoNothingToAnotherGenerationThanHisOwn() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");
        PortAllocation other = ofGeneration(2, first);

        assertThat(allocator.confirm(other, soon())).as("confirmed").isFalse();
        assertThat(allocator.renew(other, soon())).as("renewed").isFalse();
        assertThat(giveBackUnused(allocator, other)).as("released").isFalse();
        assertThat(quarantine(allocator, other, 9000)).as("quarantined").isFalse();

        assertExhausted(allocator, "second");
        assertThat(allocator.renew(first, soon()))
                .as("the generation holds it as before")
                .isTrue();
    }

    @Test
    void aRepeatedReleaseChangesNothing() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = bound(allocator, "first");

        assertThat(release(allocator, first)).isTrue();
        assertThat(release(allocator, first)).isFalse();
        assertThat(giveBackUnused(allocator, first)).isFalse();

        assertExhausted(allocator, "second");
    }

    @Test
    void aLateReleaseDoesNotTouchTheSuccessor() {
        PortAllocator allocator = allocator(ONE_PORT);
        PortAllocation first = allocate(allocator, "first");
        giveBackUnused(allocator, first);
        PortAllocation second = bound(allocator, "second");

        assertThat(giveBackUnused(allocator, first)).isFalse();

        assertExhausted(allocator, "third");
        assertThat(release(allocator, second)).isTrue();
    }

    @Test
    void anAllocationThatLostAPortCannotBeConfirmed() {
        PortAllocator allocator = allocatorOf(2);
        PortAllocation whole = allocator.allocate(request("first", 8080, 8081), soon());
        PortAllocation part = new PortAllocation("first", 1, whole.owner(), Map.of(8080, firstPort(whole)));
        allocator.release(part, PortUse.NEVER_BOUND, soon());

        assertThat(allocator.confirm(whole, soon())).isFalse();

        lapse(allocator, 1, 2);
        assertThat(allocator.allocate(request("second", 8080, 8081), soon()).ports())
                .as("what is left of it is still a mere reservation, and lapses")
                .containsValues(9000, 9001);
    }

    /**
     * Lets a reservation lapse and its ports rest. An attempt in between makes lazy registries notice the first; it
     * wants every port of the range, because what can never succeed need not look at the registry.
     */
    private void lapse(PortAllocator allocator, Integer... allInternalPorts) {
        passTime(LEASE.plus(MOMENT));
        failure(() -> allocator.allocate(request("attempt", allInternalPorts), soon()));
        passTime(COOLDOWN.plus(MOMENT));
    }
}
