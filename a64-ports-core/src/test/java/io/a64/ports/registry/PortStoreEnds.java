package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import io.a64.ports.registry.PortEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How holds end: releasing, quarantining, sweeping. */
abstract class PortStoreEnds extends PortStoreHolds {

    @Test
    void aPortIsReleasedToRestOrFreeAtOnce() {
        PortAllocation resting = bound("resting", 9000);
        PortAllocation unused = reserved("unused", 9001);

        assertThat(store.release(resting, true, soon())).isTrue();
        assertThat(store.release(unused, false, soon())).isTrue();

        assertState(9000, State.COOLING);
        assertThat(entry(9000)).map(PortEntry::slot).contains("");
        assertFree(9001);
    }

    @Test
    void aPromiseIsReleasedToo() {
        assertThat(store.release(promised("module", 9000), false, soon())).isTrue();

        assertFree(9000);
    }

    @Test
    void onlyWhatTheOwnerHoldsIsReleased() {
        PortAllocation allocation = reserved("module", 9000);
        reserved("other", 9001);

        assertThat(store.release(ownedBy("somebody-else", allocation), false, soon()))
                .isFalse();
        assertThat(store.release(ofGeneration(2, allocation), false, soon())).isFalse();
        assertState(9000, State.RESERVED);

        assertThat(store.release(allocation("module", Map.of(1, 9000, 2, 9001)), false, soon()))
                .as("one of two released")
                .isTrue();
        assertFree(9000);
        assertState(9001, State.RESERVED);
    }

    @Test
    void aRepeatedReleaseChangesNothing() {
        PortAllocation allocation = bound("module", 9000);
        store.release(allocation, true, soon());

        assertThat(store.release(allocation, false, soon())).isFalse();

        assertState(9000, State.COOLING);
    }

    @Test
    void aReleaseOfNothingChangesNothing() {
        reserved("module", 9000);

        assertThat(store.release(allocation("module", Map.of()), false, soon())).isFalse();

        assertState(9000, State.RESERVED);
    }

    @Test
    void aReservationThatWasTakenOverIsPromisedAgainWhenItIsReleasedUnconfirmed() {
        promised("module", 9000);
        Instant until = since(9000);
        claim(request("module"), fromReservation("module", 9000));

        store.release(allocation("module", Map.of(1, 9000)), true, soon());

        assertThat(entry(9000)).hasValueSatisfying(entry -> {
            assertThat(entry.state()).isEqualTo(State.PROMISED);
            assertThat(entry.owner()).isEqualTo("reservation-of-module");
            assertThat(entry.slot()).isEqualTo(slot("module", 1));
            assertThat(entry.since()).contains(until);
        });
    }

    @Test
    void aPromiseThatHadNoSlotKeepsThatOfTheDeploymentWhichFailed() {
        PortRequest reservation = request("module", "reservation-of-module");
        store.promise(reservation, List.of(Wish.free(1, 9000, "")), TTL, soon());
        claim(request("module"), fromReservation("module", 9000));

        store.release(allocation("module", Map.of(1, 9000)), false, soon());

        assertState(9000, State.PROMISED);
        assertThat(entry(9000)).map(PortEntry::slot).contains(slot("module", 1));
    }

    @Test
    void aReservationThatWasTakenOverAndConfirmedIsForgotten() {
        PortAllocation allocation = takenOver("module", 9000, TTL);
        store.confirm(allocation, soon());

        store.release(allocation, true, soon());

        assertState(9000, State.COOLING);
    }

    @Test
    void aConfirmationThatFailsDoesNotForgetTheReservationThatWasTakenOver() {
        takenOver("module", 9000, TTL);

        assertThat(store.confirm(allocation("module", Map.of(1, 9000, 2, 9001)), soon()))
                .isFalse();

        store.release(allocation("module", Map.of(1, 9000)), false, soon());
        assertState(9000, State.PROMISED);
    }

    @Test
    void aReservationThatIsOverIsNotPromisedAgain() {
        PortAllocation unused = takenOver("unused", 9000, MOMENT);
        PortAllocation used = takenOver("used", 9001, MOMENT);
        passTime(MOMENT.multipliedBy(2));

        store.release(unused, false, soon());
        store.release(used, true, soon());

        assertFree(9000);
        assertState(9001, State.COOLING);
    }

    @Test
    void aPortIsQuarantinedWithItsReason() {
        PortAllocation allocation = reserved("module", 9000);

        assertThat(store.quarantine(allocation, Map.of(9000, "$a {strange: listener}"), soon()))
                .isTrue();

        assertState(9000, State.QUARANTINED);
        assertThat(entry(9000)).map(PortEntry::slot).contains("");
        assertThat(store.tenures(soon()))
                .singleElement()
                .extracting(PortTenure::reason)
                .isEqualTo(Optional.of("quarantined"));
    }

    @Test
    void aPortThatWasReservedBeforeIsQuarantinedAllTheSame() {
        PortAllocation allocation = takenOver("module", 9000, TTL);

        store.quarantine(allocation, Map.of(9000, "a listener"), soon());

        assertState(9000, State.QUARANTINED);
    }

    @Test
    void onlyWhatTheOwnerHoldsAndTheAllocationNamesIsQuarantined() {
        PortAllocation allocation = reserved("module", 9000);
        claim(request("module"), wish("module", 2, 9001));
        Map<Integer, String> evidence = Map.of(9000, "a listener", 9001, "another");

        assertThat(store.quarantine(ownedBy("somebody-else", allocation), evidence, soon()))
                .isFalse();
        assertThat(store.quarantine(ofGeneration(2, allocation), evidence, soon()))
                .isFalse();
        assertState(9000, State.RESERVED);

        assertThat(store.quarantine(allocation, evidence, soon())).isTrue();
        assertState(9000, State.QUARANTINED);
        assertState(9001, State.RESERVED);
    }

    @Test
    void aSweepEndsLeasesCooldownsAndQuarantinesThatAreOverAndNoOthers() {
        reserved("reserved", 9000);
        bound("bound", 9001);
        store.release(bound("cooling", 9002), true, soon());
        store.quarantine(bound("quarantined", 9003), Map.of(9003, "a listener"), soon());

        passTime(COOLDOWN.minus(MOMENT));
        sweep();
        assertState(9002, State.COOLING);
        passTime(MOMENT.multipliedBy(2));
        sweep();
        assertFree(9002);
        assertState(9000, State.RESERVED);

        passTime(LEASE.minus(COOLDOWN));
        sweep();
        assertState(9000, State.COOLING);
        assertState(9003, State.QUARANTINED);

        passTime(QUARANTINE.minus(LEASE));
        sweep();
        assertFree(9003);
        assertFree(9000);
        assertState(9001, State.BOUND);
    }

    @Test
    void aLapsedReservationBeginsItsRestWhenItIsSwept() {
        reserved("module", 9000);
        passTime(LEASE.plus(COOLDOWN).plus(MOMENT));
        sweep();
        assertState(9000, State.COOLING);

        passTime(COOLDOWN.minus(MOMENT));
        sweep();
        assertState(9000, State.COOLING);
        assertThat(store.confirm(allocation("module", Map.of(1, 9000)), soon()))
                .as("confirmed late")
                .isFalse();
    }

    @Test
    void withoutACooldownALapsedReservationIsFreeAtOnce() {
        reserved("module", 9000);
        passTime(LEASE.plus(MOMENT));

        store.sweep(new Rests(LEASE, Duration.ZERO, QUARANTINE), false, soon());

        assertFree(9000);
    }

    @Test
    void aLapsedReservationThatWasPromisedIsPromisedAgain() {
        takenOver("module", 9000, TTL);
        takenOver("expired", 9001, MOMENT);
        passTime(LEASE.plus(MOMENT));

        sweep();

        assertState(9000, State.PROMISED);
        assertState(9001, State.COOLING);
        passTime(TTL.minus(LEASE));
        sweep();
        assertFree(9000);
    }

    @Test
    void sweepingAgainChangesNothing() {
        reserved("module", 9000);
        passTime(LEASE.plus(MOMENT));
        sweep();
        Instant since = since(9000);

        sweep();

        assertThat(since(9000)).isEqualTo(since);
    }
}
