package io.a64.ports.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.PortEntry.State;
import io.a64.ports.testkit.InParallel;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How ports come to be held. */
abstract class PortStoreClaims extends PortStoreFixture {

    @Test
    void aFreePortIsGotAndItsEntryTellsEverything() {
        assertThat(claim(request("module"), wish("module", 1, 9000))).isEqualTo(Outcome.GOT);

        assertThat(entry(9000)).hasValueSatisfying(entry -> {
            assertThat(entry.port()).isEqualTo(9000);
            assertThat(entry.state()).isEqualTo(State.RESERVED);
            assertThat(entry.module()).isEqualTo("module");
            assertThat(entry.internalPort()).isEqualTo(1);
            assertThat(entry.generation()).isEqualTo(1);
            assertThat(entry.owner()).isEqualTo("owner-of-module");
            assertThat(entry.slot()).isEqualTo(slot("module", 1));
            assertThat(entry.since()).contains(entry.allocatedAt());
            assertThat(Duration.between(entry.allocatedAt(), store.now(soon())))
                    .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
        });
    }

    @Test
    void everyWishHasAnOutcomeOfItsOwnInTheirOrder() {
        reserved("other", 9000);
        reserved("module", 9001);
        List<Wish> wishes = List.of(wish("module", 1, 9005), wish("module", 2, 9000), Wish.free(3, 9003, "module|1|2"));

        List<Claim> claims = store.claim(request("module"), wishes, soon());

        assertThat(claims).extracting(Claim::wish).containsExactlyElementsOf(wishes);
        assertThat(claims)
                .extracting(Claim::outcome)
                .containsExactly(Outcome.SLOT_TAKEN, Outcome.PORT_TAKEN, Outcome.GOT);
        assertFree(9005);
        assertThat(entry(9000)).map(PortEntry::module).contains("other");
        assertState(9003, State.RESERVED);
    }

    @Test
    void theSameClaimAgainIsGotAndItsLeaseStartsAnew() {
        reserved("module", 9000);
        passTime(LEASE.minus(MOMENT));

        assertThat(claim(request("module"), wish("module", 1, 9000))).isEqualTo(Outcome.GOT);

        passTime(LEASE.minus(MOMENT));
        sweep();
        assertState(9000, State.RESERVED);
    }

    @Test
    void aLateClaimDoesNotTurnABoundPortBackIntoAReservation() {
        bound("module", 9000);

        assertThat(claim(request("module"), wish("module", 1, 9000))).isEqualTo(Outcome.PORT_TAKEN);

        assertState(9000, State.BOUND);
    }

    @Test
    void aPortThatIsNotFreeIsTakenWhateverItsState() {
        reserved("reserved", 9000);
        bound("bound", 9001);
        promised("promised", 9002);
        store.release(bound("cooling", 9003), true, soon());
        store.quarantine(bound("quarantined", 9004), Map.of(9004, "a listener"), soon());
        List<PortEntry> before = store.entries(soon());

        for (int port = 9000; port <= 9004; port++) {
            assertThat(claim(request("module"), wish("module", 1, port))).isEqualTo(Outcome.PORT_TAKEN);
        }

        assertThat(before)
                .extracting(PortEntry::state)
                .containsExactly(State.RESERVED, State.BOUND, State.PROMISED, State.COOLING, State.QUARANTINED);
        assertThat(store.entries(soon())).isEqualTo(before);
    }

    @Test
    void aSlotIsHeldOnceByWhicheverOwnerAndState() {
        promised("promised", 9000);
        bound("bound", 9001);

        assertThat(claim(request("promised"), wish("promised", 1, 9005))).isEqualTo(Outcome.SLOT_TAKEN);
        assertThat(claim(request("bound", "somebody-else"), wish("bound", 1, 9005)))
                .isEqualTo(Outcome.SLOT_TAKEN);

        assertFree(9005);
    }

    @Test
    void aSlotCanBeHeldAgainAfterItsRelease() {
        store.release(bound("module", 9000), true, soon());

        assertThat(claim(request("module", "next"), wish("module", 1, 9001))).isEqualTo(Outcome.GOT);
    }

    @Test
    void anotherGenerationHasSlotsOfItsOwn() {
        bound("module", 9000);
        PortRequest next = new PortRequest("module", 2, "next", List.of(1));

        assertThat(claim(next, Wish.free(1, 9001, Slots.of(next).of(1)))).isEqualTo(Outcome.GOT);
    }

    @Test
    void oneOfManyGetsAPort() {
        PortStore other = open();

        List<Outcome> outcomes = InParallel.run(
                16,
                thread -> (thread % 2 == 0 ? store : other)
                        .claim(request("m-" + thread), List.of(wish("m-" + thread, 1, 9000)), soon())
                        .get(0)
                        .outcome());

        assertThat(outcomes).containsOnlyOnce(Outcome.GOT).containsOnly(Outcome.GOT, Outcome.PORT_TAKEN);
    }

    @Test
    void aPromisedPortKeepsUntilItsTimeIsOver() {
        promised("module", 9000);

        assertThat(entry(9000)).hasValueSatisfying(entry -> {
            assertThat(entry.state()).isEqualTo(State.PROMISED);
            assertThat(entry.owner()).isEqualTo("reservation-of-module");
            assertThat(entry.slot()).isEqualTo(slot("module", 1));
            assertThat(Duration.between(store.now(soon()), entry.since().orElseThrow()))
                    .isBetween(TTL.minusMinutes(1), TTL);
        });
        passTime(TTL.minus(MOMENT));
        sweep();
        assertState(9000, State.PROMISED);
        passTime(MOMENT.multipliedBy(2));
        sweep();
        assertFree(9000);
    }

    @Test
    void promisingHasTheOutcomesOfClaiming() {
        reserved("other", 9000);
        promised("module", 9001);
        PortRequest request = request("module", "another-reservation");

        assertThat(store.promise(
                        request,
                        List.of(wish("module", 1, 9002), Wish.free(2, 9000, ""), Wish.free(3, 9003, "")),
                        TTL,
                        soon()))
                .extracting(Claim::outcome)
                .containsExactly(Outcome.SLOT_TAKEN, Outcome.PORT_TAKEN, Outcome.GOT);
        assertFree(9002);
    }

    @Test
    void theSamePromiseAgainIsGot() {
        promised("module", 9000);

        assertThat(promised("module", 9000).ports()).containsValue(9000);

        assertState(9000, State.PROMISED);
    }

    @Test
    void portsMayBePromisedWithoutASlot() {
        PortRequest request = request("module", "reservation");

        assertThat(store.promise(request, List.of(Wish.free(1, 9000, ""), Wish.free(2, 9001, "")), TTL, soon()))
                .extracting(Claim::outcome)
                .containsOnly(Outcome.GOT);
        assertThat(entry(9001)).map(PortEntry::slot).contains("");
    }

    @Test
    void aPromisedPortIsGotByWhoNamesItsReservation() {
        promised("module", 9000);

        assertThat(claim(request("module"), fromReservation("module", 9000))).isEqualTo(Outcome.GOT);

        assertState(9000, State.RESERVED);
        assertThat(entry(9000)).map(PortEntry::owner).contains("owner-of-module");
    }

    @Test
    void whoNamesAnotherReservationOrModuleDoesNotGetAPromisedPort() {
        promised("module", 9000);
        Wish wrong = new Wish(1, 9000, slot("module", 1), new Wish.From.Reservation("wrong"));
        Wish right = new Wish(1, 9000, slot("other", 1), new Wish.From.Reservation("reservation-of-module"));

        assertThat(claim(request("module"), wrong)).isEqualTo(Outcome.PORT_TAKEN);
        assertThat(claim(request("other"), right)).isEqualTo(Outcome.PORT_TAKEN);

        assertState(9000, State.PROMISED);
    }

    @Test
    void takingOverTwiceIsGotTwice() {
        PortAllocation first = takenOver("module", 9000, TTL);

        assertThat(claim(request("module"), fromReservation("module", 9000))).isEqualTo(Outcome.GOT);
        store.release(first, false, soon());

        assertState(9000, State.PROMISED);
    }

    @Test
    void theLowestFreePortOfASetIsTaken() {
        reserved("first", 9000);
        reserved("third", 9002);

        assertThat(take("module", among(9000, 9005))).hasValueSatisfying(claim -> {
            assertThat(claim.outcome()).isEqualTo(Outcome.GOT);
            assertThat(claim.wish().port()).isEqualTo(9001);
            assertThat(claim.wish().internalPort()).isEqualTo(1);
        });
        assertState(9001, State.RESERVED);
    }

    @Test
    void nothingOutsideOfTheSetIsTaken() {
        reserved("first", 9001);
        BitSet gaps = among(9001, 9001);
        gaps.set(9004);

        assertThat(take("second", gaps)).map(claim -> claim.wish().port()).contains(9004);
        assertThat(take("third", gaps)).isEmpty();
    }

    @Test
    void whoHoldsTheSlotAlreadyTakesNothing() {
        reserved("module", 9000);

        assertThat(take("module", among(9000, 9005))).map(Claim::outcome).contains(Outcome.SLOT_TAKEN);

        assertThat(store.entries(soon())).hasSize(1);
    }

    @Test
    void manyWhoTakeTheLowestGetEachPortOnce() {
        PortStore other = open();

        List<Optional<Claim>> claims = InParallel.run(
                16,
                thread -> (thread % 2 == 0 ? store : other)
                        .takeLowest(request("m-" + thread), wish("m-" + thread, 1, 0), among(9000, 9011), soon()));

        assertThat(claims.stream()
                        .flatMap(Optional::stream)
                        .map(claim -> claim.wish().port()))
                .containsExactlyInAnyOrder(9000, 9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008, 9009, 9010, 9011);
    }

    private Optional<Claim> take(String module, BitSet ports) {
        return store.takeLowest(request(module), wish(module, 1, 0), ports, soon());
    }
}
