package io.a64.ports.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: the memory store passes it, and with every planted fault fails by name. */
class PortStoreContractSelfTest {

    @Test
    void theStoreWithoutAFaultPasses() {
        ContractRun run = ContractRun.of(MemoryPortStoreContractTest.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(60);
    }

    @Test
    void portsThatAreGivenTwiceAreCaught() {
        assertCaught(
                FaultyStores.GivesTakenPorts.class,
                "oneOfManyGetsAPort",
                "aPortThatIsNotFreeIsTakenWhateverItsState",
                "everyWishHasAnOutcomeOfItsOwnInTheirOrder");
    }

    @Test
    void slotsThatAreIgnoredAreCaught() {
        assertCaught(FaultyStores.IgnoresSlots.class, "aSlotIsHeldOnceByWhicheverOwnerAndState");
    }

    @Test
    void aLeaseThatKeepingDoesNotStartAnewIsCaught() {
        assertCaught(FaultyStores.LeavesALeaseAsItIs.class, "keepingStartsTheLeaseAnew");
    }

    @Test
    void keepingForAnybodyIsCaught() {
        assertCaught(FaultyStores.KeepsForAnybody.class, "whatTheOwnerDoesNotHoldCannotBeKept");
    }

    @Test
    void aConfirmationOfWhatIsLeftIsCaught() {
        assertCaught(FaultyStores.ConfirmsWhatIsLeft.class, "confirmingIsAllOrNothing");
    }

    @Test
    void renewingWhatIsBoundIsCaught() {
        assertCaught(FaultyStores.RenewsWhatIsBound.class, "onlyTheOwnersReservationsCanBeRenewed");
    }

    @Test
    void aPromiseThatIsNotExtendedIsCaught() {
        assertCaught(FaultyStores.DoesNotExtend.class, "anExtendedPromiseEndsThatLongFromNow");
    }

    @Test
    void portsThatDoNotRestAreCaught() {
        assertCaught(FaultyStores.NeverRests.class, "aPortIsReleasedToRestOrFreeAtOnce");
    }

    @Test
    void releasingForAnybodyIsCaught() {
        assertCaught(FaultyStores.ReleasesForAnybody.class, "onlyWhatTheOwnerHoldsIsReleased");
    }

    @Test
    void aQuarantineThatIsNoneIsCaught() {
        assertCaught(
                FaultyStores.CallsAQuarantineARelease.class,
                "aPortIsQuarantinedWithItsReason",
                "aPortThatWasReservedBeforeIsQuarantinedAllTheSame");
    }

    @Test
    void aSweepThatEndsNothingIsCaught() {
        assertCaught(
                FaultyStores.NeverSweeps.class,
                "aSweepEndsLeasesCooldownsAndQuarantinesThatAreOverAndNoOthers",
                "aLapsedReservationThatWasPromisedIsPromisedAgain");
    }

    @Test
    void aQuarantineThatEndsTooSoonIsCaught() {
        assertCaught(
                FaultyStores.EndsQuarantinesWithTheCooldown.class,
                "aSweepEndsLeasesCooldownsAndQuarantinesThatAreOverAndNoOthers");
    }

    @Test
    void takingAnotherThanTheLowestPortIsCaught() {
        assertCaught(FaultyStores.TakesTheHighest.class, "theLowestFreePortOfASetIsTaken");
    }

    @Test
    void aGenerationThatIsOverlookedIsCaught() {
        assertCaught(
                FaultyStores.FindsTheFirstGenerationOnly.class,
                "whatAModuleHoldsAndIsPromisedIsFoundForAllItsGenerationsAndOwners");
    }

    @Test
    void entriesThatAreNotSortedAreCaught() {
        assertCaught(FaultyStores.ListsInAnyOrder.class, "entriesAreSortedByPort");
    }

    @Test
    void aPastThatIsForgottenIsCaught() {
        assertCaught(
                FaultyStores.ForgetsThePast.class,
                "tenuresTellWhoHeldAndWhoHoldsAPort",
                "theLastTenuresOfAPortAreRememberedAndTheOlderOnesForgotten");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }
}
