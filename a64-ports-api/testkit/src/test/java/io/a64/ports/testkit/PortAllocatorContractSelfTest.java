package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct allocator passes, and every planted fault fails by name. */
class PortAllocatorContractSelfTest {

    @Test
    void aCorrectAllocatorPasses() {
        ContractRun run = ContractRun.of(FaultyAllocators.Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(30);
    }

    @Test
    void anAllocatorThatGivesOnePortTwiceIsCaught() {
        assertCaught(
                FaultyAllocators.GivesOnePortTwice.class,
                "sixteenThreadsNeverGetOnePortTwice",
                "twoAllocatorsOnOneRegistryNeverGiveOnePortTwice",
                "anEmptyRegistryGivesTheLowestPortsFirst");
    }

    @Test
    void anAllocatorThatSeesOnlyItsOwnPortsIsCaught() {
        assertCaught(FaultyAllocators.SeesOnlyItsOwnPorts.class, "twoAllocatorsOnOneRegistryNeverGiveOnePortTwice");
    }

    @Test
    void anAllocatorThatLosesAReleaseIsCaught() {
        assertCaught(FaultyAllocators.LosesARelease.class, "aPortThatWasNeverBoundIsFreeAtOnce");
    }

    @Test
    void anAllocatorThatReleasesForAForeignOwnerIsCaught() {
        assertCaught(
                FaultyAllocators.IgnoresTheOwner.class,
                "somebodyElseCanNeitherConfirmNorRenewNorRelease",
                "aLateReleaseDoesNotTouchTheSuccessor");
    }

    @Test
    void anAllocatorThatIgnoresTheCooldownIsCaught() {
        assertCaught(FaultyAllocators.IgnoresTheCooldown.class, "aBoundPortThatIsReleasedRestsForTheCooldown");
    }

    @Test
    void anAllocatorThatNeverEndsACooldownIsCaught() {
        assertCaught(FaultyAllocators.NeverEndsACooldown.class, "aRestedPortIsGivenOutAgain");
    }

    @Test
    void anAllocatorThatIgnoresTheLeaseIsCaught() {
        assertCaught(FaultyAllocators.IgnoresTheLease.class, "aReservationThatIsNotConfirmedLapsesAfterTheLease");
    }

    @Test
    void anAllocatorThatLetsConfirmedPortsLapseIsCaught() {
        assertCaught(FaultyAllocators.LetsConfirmedPortsLapse.class, "aConfirmedAllocationNeverLapses");
    }

    @Test
    void anAllocatorThatDoesNotRenewIsCaught() {
        assertCaught(FaultyAllocators.DoesNotRenew.class, "aRenewedReservationLastsForAnotherLease");
    }

    @Test
    void anAllocatorThatConfirmsWhatIsLeftIsCaught() {
        assertCaught(FaultyAllocators.ConfirmsWhatIsLeft.class, "anAllocationThatLostAPortCannotBeConfirmed");
    }

    @Test
    void anAllocatorThatHandsOutAReservedPortIsCaught() {
        assertCaught(
                FaultyAllocators.HandsOutAReservedPort.class,
                "everyPortOfTheRangeIsGivenOutButNoReservedOneAndNoneOutside");
    }

    @Test
    void anAllocatorThatHandsOutAPortOutsideTheRangeIsCaught() {
        assertCaught(
                FaultyAllocators.HandsOutAPortOutsideTheRange.class,
                "everyPortOfTheRangeIsGivenOutButNoReservedOneAndNoneOutside");
    }

    @Test
    void anAllocatorThatGivesAPartOnlyIsCaught() {
        assertCaught(FaultyAllocators.GivesAPartOnly.class, "tooFewFreePortsGiveNoneAtAll");
    }

    @Test
    void anAllocatorThatForgetsWhatItGaveIsCaught() {
        assertCaught(
                FaultyAllocators.ForgetsRequests.class, "theSameRequestGetsTheSamePortsWhileReservedAndWhenConfirmed");
    }

    @Test
    void anAllocatorThatTakesAnotherGenerationForItsOwnIsCaught() {
        assertCaught(FaultyAllocators.IgnoresTheGeneration.class, "theOwnerCanDoNothingToAnotherGenerationThanHisOwn");
    }

    @Test
    void anAllocatorThatHasNoQuarantineAlthoughItSaysSoIsCaught() {
        assertCaught(
                FaultyQuarantines.HasNoQuarantine.class,
                "aQuarantineLastsItsOwnTimeHoweverShortTheCooldownIs",
                "statisticsCountAQuarantinedPort");
    }

    @Test
    void anAllocatorWithoutAQuarantineThatSaysSoPasses() {
        assertThat(ContractRun.of(FaultyQuarantines.SaysThatItHasNoQuarantine.class)
                        .failed())
                .isEmpty();
    }

    @Test
    void anAllocatorThatQuarantinesPortsNobodyNamedIsCaught() {
        assertCaught(
                FaultyQuarantines.QuarantinesTheWholeAllocation.class,
                "whatElseTheAllocationHoldsStaysHeld",
                "theSameRequestFillsTheGapWithAnotherPort");
    }

    @Test
    void anAllocatorThatQuarantinesWhateverTheEvidenceNamesIsCaught() {
        assertCaught(
                FaultyQuarantines.QuarantinesByEvidence.class, "portsThatTheAllocationDoesNotNameAreNotQuarantined");
    }

    @Test
    void anAllocatorThatTakesAnySourceForItsRangeIsCaught() {
        assertCaught(FaultyAllocators.IgnoresTheSource.class, "aSourceThatThereIsNotIsRefusedBeforeAnythingIsTouched");
    }

    @Test
    void anAllocatorWhoseCountsDoNotAddUpIsCaught() {
        assertCaught(FaultyAllocators.CountsQuarantinedPortsAsFree.class, "everyPortThatMayBeHandedOutIsCountedOnce");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }
}
