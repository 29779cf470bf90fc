package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortTenure;
import io.a64.ports.registry.PortEntry.State;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PortStore} must do. A store inherits it as {@code <Name>PortStoreContractTest}. Records of other
 * programs are a matter of stores that have them.
 */
public abstract class PortStoreContract extends PortStoreEnds {

    @Test
    void itsNameIsShortAndLowerCase() {
        assertThat(store.name()).matches("[a-z][a-z0-9-]{0,30}");
    }

    @Test
    void itAnswersAPing() {
        store.ping(soon());
    }

    @Test
    void closingTwiceIsQuietAndEndsNoHold() {
        reserved("module", 9000);

        store.close();
        store.close();

        store = open();
        assertState(9000, State.RESERVED);
    }

    @Test
    void aSweepServesForAMinuteAtMost() {
        assertThat(store.sweepInterval()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void anEmptyStoreHoldsNothing() {
        assertThat(store.entries(soon())).isEmpty();
        assertThat(store.foreign(soon())).isEmpty();
        assertThat(store.tenures(soon())).isEmpty();
        assertThat(store.heldBy("module", soon())).isEmpty();
        assertFree(9000);
        assertThat(store.free(among(9000, 9003), soon())).isEqualTo(among(9000, 9003));
    }

    @Test
    void entriesAreSortedByPort() {
        reserved("second", 9003);
        reserved("third", 9100);
        reserved("first", 9001);

        assertThat(store.entries(soon())).extracting(PortEntry::port).containsExactly(9001, 9003, 9100);
    }

    @Test
    void whatAModuleHoldsAndIsPromisedIsFoundForAllItsGenerationsAndOwners() {
        bound("module", 9000);
        PortRequest next = new PortRequest("module", 2, "next", List.of(1));
        claim(next, Wish.free(1, 9001, Slots.of(next).of(1)));
        PortRequest promise = new PortRequest("module", 3, "reservation", List.of(1));
        store.promise(promise, List.of(Wish.free(1, 9002, Slots.of(promise).of(1))), TTL, soon());
        reserved("other", 9003);
        PortRequest former = new PortRequest("module", 4, "former", List.of(1, 2));
        store.claim(former, List.of(Wish.free(1, 9004, ""), Wish.free(2, 9005, "")), soon());
        store.release(new PortAllocation("module", 4, "former", Map.of(1, 9004)), true, soon());
        store.quarantine(
                new PortAllocation("module", 4, "former", Map.of(2, 9005)), Map.of(9005, "a listener"), soon());

        assertThat(store.heldBy("module", soon()))
                .extracting(PortEntry::port)
                .containsExactlyInAnyOrder(9000, 9001, 9002);
    }

    @Test
    void freeAreThePortsOfTheSetThatNobodyHoldsAndThatDoNotRest() {
        reserved("reserved", 9000);
        store.release(bound("cooling", 9001), true, soon());
        promised("promised", 9002);
        store.release(reserved("unused", 9003), false, soon());
        BitSet expected = among(9003, 9004);

        assertThat(store.free(among(9000, 9004), soon())).isEqualTo(expected);
    }

    @Test
    void ownPortsAreNotThoseOfOtherPrograms() {
        reserved("reserved", 9000);
        bound("bound", 9001);
        promised("promised", 9002);

        assertThat(store.foreign(soon())).isEmpty();
    }

    @Test
    void tenuresTellWhoHeldAndWhoHoldsAPort() {
        PortAllocation first = bound("first", 9000);
        passTime(COOLDOWN);
        store.release(first, false, soon());
        passTime(COOLDOWN);
        bound("second", 9000);

        List<PortTenure> tenures = store.tenures(soon());

        assertThat(tenures).extracting(PortTenure::module).containsExactly("first", "second");
        assertThat(tenures.get(0).reason()).contains("released");
        assertThat(tenures.get(0).length(store.now(soon()))).isBetween(COOLDOWN, COOLDOWN.plus(MOMENT));
        assertThat(tenures.get(1))
                .isEqualTo(new PortTenure(
                        9000,
                        "second",
                        1,
                        1,
                        entry(9000).orElseThrow().allocatedAt(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aPromiseIsNoTenureButTheDeploymentThatFailedOnItIsOne() {
        store.release(promised("cancelled", 9000), false, soon());
        promised("module", 9001);
        assertThat(store.tenures(soon())).isEmpty();

        store.release(takenOver("failed", 9002, TTL), false, soon());

        assertThat(store.tenures(soon()))
                .singleElement()
                .satisfies(tenure -> assertThat(tenure.module()).isEqualTo("failed"));
    }

    @Test
    void aLapseIsToldAsSuch() {
        reserved("module", 9000);
        passTime(LEASE.plus(MOMENT));
        sweep();

        assertThat(store.tenures(soon()))
                .singleElement()
                .satisfies(tenure -> assertThat(tenure.reason()).contains("lease_expired"));
    }

    @Test
    void theLastTenuresOfAPortAreRememberedAndTheOlderOnesForgotten() {
        for (int i = 1; i <= PortEntry.REMEMBERED_TENURES + 3; i++) {
            store.release(reserved("module-" + i, 9000), false, soon());
            passTime(MOMENT);
        }

        assertThat(store.tenures(soon()))
                .extracting(PortTenure::module)
                .containsExactlyElementsOf(IntStream.rangeClosed(4, PortEntry.REMEMBERED_TENURES + 3)
                        .mapToObj(number -> "module-" + number)
                        .toList());
    }
}
