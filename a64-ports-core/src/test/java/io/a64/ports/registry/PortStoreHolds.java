package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.registry.PortEntry.State;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens to ports while they are held: keeping, confirming, renewing, extending. */
abstract class PortStoreHolds extends PortStoreClaims {

    @Test
    void keepingStartsTheLeaseAnew() {
        PortAllocation allocation = reserved("module", 9000);
        passTime(LEASE.minus(MOMENT));

        assertThat(store.keep(allocation, soon())).isTrue();

        passTime(LEASE.minus(MOMENT));
        sweep();
        assertState(9000, State.RESERVED);
    }

    @Test
    void keepingLeavesWhatIsBoundOrPromisedAsItIs() {
        PortAllocation bound = bound("bound", 9000);
        PortAllocation promise = promised("promised", 9001);
        passTime(MOMENT);
        Instant boundSince = since(9000);
        Instant promisedUntil = since(9001);

        assertThat(store.keep(bound, soon())).isTrue();
        assertThat(store.keep(promise, soon())).isTrue();

        assertState(9000, State.BOUND);
        assertThat(since(9000)).isEqualTo(boundSince);
        assertState(9001, State.PROMISED);
        assertThat(since(9001)).isEqualTo(promisedUntil);
    }

    @Test
    void whatTheOwnerDoesNotHoldCannotBeKept() {
        PortAllocation allocation = reserved("module", 9000);

        assertThat(store.keep(ownedBy("somebody-else", allocation), soon())).isFalse();
        assertThat(store.keep(ofGeneration(2, allocation), soon())).isFalse();
        assertThat(store.keep(allocation("module", Map.of(1, 9000, 2, 9001)), soon()))
                .as("one of two kept")
                .isFalse();
        store.release(allocation, true, soon());
        assertThat(store.keep(allocation, soon())).isFalse();
    }

    @Test
    void aConfirmedPortIsBoundAndNeverLapses() {
        PortAllocation allocation = reserved("module", 9000);

        assertThat(store.confirm(allocation, soon())).isTrue();

        passTime(LEASE.multipliedBy(3));
        sweep();
        assertState(9000, State.BOUND);
    }

    @Test
    void confirmingTwiceIsQuiet() {
        PortAllocation allocation = bound("module", 9000);
        Instant since = since(9000);

        assertThat(store.confirm(allocation, soon())).isTrue();

        assertState(9000, State.BOUND);
        assertThat(since(9000)).isEqualTo(since);
    }

    @Test
    void confirmingIsAllOrNothing() {
        reserved("module", 9000);

        assertThat(store.confirm(allocation("module", Map.of(1, 9000, 2, 9001)), soon()))
                .isFalse();

        assertState(9000, State.RESERVED);
        passTime(LEASE.plus(MOMENT));
        sweep();
        assertState(9000, State.COOLING);
    }

    @Test
    void whatIsBoundStaysSoAfterAConfirmationThatFails() {
        bound("module", 9000);

        assertThat(store.confirm(allocation("module", Map.of(1, 9000, 2, 9001)), soon()))
                .isFalse();

        assertState(9000, State.BOUND);
    }

    @Test
    void whatTheOwnerDoesNotHoldCannotBeConfirmed() {
        PortAllocation allocation = reserved("module", 9000);
        PortAllocation promise = promised("promised", 9001);

        assertThat(store.confirm(ownedBy("somebody-else", allocation), soon())).isFalse();
        assertThat(store.confirm(ofGeneration(2, allocation), soon())).isFalse();
        assertThat(store.confirm(promise, soon())).as("a promise confirmed").isFalse();

        assertState(9000, State.RESERVED);
        assertState(9001, State.PROMISED);
    }

    @Test
    void renewingStartsTheLeaseAnew() {
        PortAllocation allocation = reserved("module", 9000);
        passTime(LEASE.minus(MOMENT));

        assertThat(store.renew(allocation, soon())).isTrue();

        passTime(LEASE.minus(MOMENT));
        sweep();
        assertState(9000, State.RESERVED);
    }

    @Test
    void renewingIsAllOrNothing() {
        reserved("module", 9000);
        passTime(LEASE.minus(MOMENT));

        assertThat(store.renew(allocation("module", Map.of(1, 9000, 2, 9001)), soon()))
                .isFalse();

        passTime(MOMENT.multipliedBy(2));
        sweep();
        assertState(9000, State.COOLING);
    }

    @Test
    void onlyTheOwnersReservationsCanBeRenewed() {
        PortAllocation allocation = reserved("module", 9000);
        PortAllocation bound = bound("bound", 9001);
        PortAllocation promise = promised("promised", 9002);

        assertThat(store.renew(ownedBy("somebody-else", allocation), soon())).isFalse();
        assertThat(store.renew(ofGeneration(2, allocation), soon())).isFalse();
        assertThat(store.renew(bound, soon())).as("a bound port renewed").isFalse();
        assertThat(store.renew(promise, soon())).as("a promise renewed").isFalse();

        assertState(9001, State.BOUND);
        assertState(9002, State.PROMISED);
    }

    @Test
    void anExtendedPromiseEndsThatLongFromNow() {
        PortAllocation promise = promised("module", 9000);
        passTime(TTL.minus(MOMENT));

        assertThat(store.extend(promise, TTL, soon())).isTrue();

        passTime(TTL.minus(MOMENT));
        sweep();
        assertState(9000, State.PROMISED);
        passTime(MOMENT.multipliedBy(2));
        sweep();
        assertFree(9000);
    }

    @Test
    void onlyTheOwnersPromisesCanBeExtended() {
        PortAllocation promise = promised("module", 9000);
        PortAllocation reserved = reserved("reserved", 9001);
        Instant until = since(9000);

        assertThat(store.extend(ownedBy("somebody-else", promise), TTL.multipliedBy(2), soon()))
                .isFalse();
        assertThat(store.extend(ofGeneration(2, promise), TTL.multipliedBy(2), soon()))
                .isFalse();
        assertThat(store.extend(reserved, TTL, soon()))
                .as("a reserved port extended")
                .isFalse();

        assertThat(since(9000)).isEqualTo(until);
        assertState(9001, State.RESERVED);
    }

    @Test
    void aPromiseThatWasTakenOverCannotBeExtended() {
        takenOver("module", 9000, TTL);
        PortAllocation promise = new PortAllocation("module", 1, "reservation-of-module", Map.of(1, 9000));

        assertThat(store.extend(promise, TTL, soon())).isFalse();
    }

    Instant since(int port) {
        return entry(port).flatMap(PortEntry::since).orElseThrow();
    }
}
