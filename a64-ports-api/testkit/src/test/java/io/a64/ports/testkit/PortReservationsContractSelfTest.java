package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: correct reservations pass, and every planted fault fails by name. */
class PortReservationsContractSelfTest {

    @Test
    void correctReservationsPass() {
        ContractRun run = ContractRun.of(FaultyReservations.Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(40);
    }

    @Test
    void reservedPortsThatTheDeploymentDoesNotGetAreCaught() {
        assertCaught(
                FaultyReservations.DoesNotTakeOver.class,
                "theDeploymentGetsExactlyTheReservedPorts",
                "anAllocatorOfAnotherHostTakesTheReservationOver");
    }

    @Test
    void aDeploymentThatGetsOneOfItsReservedPortsIsCaught() {
        assertCaught(
                FaultyReservations.TakesOverOnePortOnly.class,
                "theDeploymentGetsExactlyTheReservedPorts",
                "anInternalPortMoreGetsAPortThatWasNotReserved");
    }

    @Test
    void aSurplusThatStaysReservedIsCaught() {
        assertCaught(FaultyReservations.KeepsTheSurplus.class, "theSurplusOfAReservationIsFreeAtOnceWhicheverPortItIs");
    }

    @Test
    void anotherGenerationThatGetsTheReservationIsCaught() {
        assertCaught(FaultyReservations.IgnoresTheGeneration.class, "anotherGenerationOfTheModuleDoesNotGetThem");
    }

    @Test
    void aReservationThatIsNotExtendedIsCaught() {
        assertCaught(
                FaultyReservations.DoesNotExtend.class,
                "anExtendedReservationExpiresLater",
                "theSameAgainGetsTheSamePortsAndExpiresLater");
    }

    @Test
    void aTimeThatIsNotCheckedIsCaught() {
        assertCaught(FaultyReservations.AcceptsAnyTime.class, "aTimeThatIsNoneIsRefusedBeforeAnythingIsTouched");
    }

    @Test
    void aReservationForAModuleThatHoldsPortsIsCaught() {
        assertCaught(
                FaultyReservations.ReservesForModulesThatHoldPorts.class, "aModuleThatHoldsPortsAlreadyIsAConflict");
    }

    @Test
    void otherInternalPortsThatAreAcceptedAreCaught() {
        assertCaught(
                FaultyReservations.ReservesForOtherInternalPorts.class,
                "otherInternalPortsAreAConflictAndChangeNothing");
    }

    @Test
    void aCancellationThatEndsTheDeploymentIsCaught() {
        assertCaught(
                FaultyReservations.CancelsTheDeploymentToo.class,
                "cancellingDoesNothingToTheDeploymentThatHasTakenItOver",
                "whatIsNotReservedCanBeNeitherExtendedNorCancelled");
    }

    @Test
    void aListThatIsNotSortedIsCaught() {
        assertCaught(FaultyReservations.ListsInAnyOrder.class, "theListIsSortedByModuleAndTellsWhenEachExpires");
    }

    @Test
    void aReservationThatNeverExpiresIsCaught() {
        assertCaught(
                FaultyReservations.NeverExpires.class,
                "anExpiredReservationFreesItsPortsAtOnce",
                "aReservationThatExpiredMeanwhileIsGone");
    }

    @Test
    void reservedPortsThatOthersGetAreCaught() {
        assertCaught(FaultyReservations.GivesReservedPortsToOthers.class, "nobodyElseGetsReservedPorts");
    }

    @Test
    void aReservationThatAFailedDeploymentEndsIsCaught() {
        assertCaught(
                FaultyReservations.ForgetsAfterAFailure.class,
                "aDeploymentThatGivesUnboundPortsBackLeavesTheReservationAsItWas",
                "aDeploymentWhoseContainerHadThePortsLeavesTheReservationAsItWas",
                "aDeploymentWhoseLeaseLapsesLeavesTheReservation");
    }

    @Test
    void aReservationThatComesBackWithANewTimeOrAfterTheModuleIsRemovedIsCaught() {
        assertCaught(
                FaultyReservations.ReservesAgainAlthoughExpired.class,
                "aReservationThatExpiredMeanwhileIsGone",
                "nothingIsLeftOfTheReservationWhenTheModuleIsRemoved",
                "aDeploymentThatGivesUnboundPortsBackLeavesTheReservationAsItWas");
    }

    @Test
    void reservedPortsAmongTheAllocationsAreCaught() {
        assertCaught(
                FaultyReservations.ListsReservedPortsAsAllocated.class,
                "reservedPortsAreCountedAndNotAmongTheAllocations");
    }

    @Test
    void aPartOfAReservationThatIsLeftBehindIsCaught() {
        assertCaught(FaultyReservations.ReservesAPart.class, "tooFewFreePortsAreExhaustedAndLeaveNothingBehind");
    }

    @Test
    void aReservationThatAFailedDeploymentCanStillConfirmIsCaught() {
        assertCaught(
                FaultyReservations.ConfirmsForAnybody.class,
                "aLateReleaseOfTheFailedDeploymentDoesNotTouchTheReservation");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }
}
