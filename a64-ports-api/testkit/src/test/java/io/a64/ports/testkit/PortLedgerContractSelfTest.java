package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct ledger passes, and every planted fault fails by name. */
class PortLedgerContractSelfTest {

    @Test
    void aCorrectLedgerPasses() {
        ContractRun run = ContractRun.of(FaultyLedgers.Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(15);
    }

    @Test
    void reservationsThatAreListedAsBoundAreCaught() {
        assertCaught(FaultyLedgers.ListsReservations.class, "whatIsNotConfirmedOrReleasedIsNotListed");
    }

    @Test
    void portsThatAreNotJoinedPerOwnerAreCaught() {
        assertCaught(FaultyLedgers.ListsOnePortPerOwner.class, "whatIsConfirmedIsListedWithItsOwnerSortedByPort");
    }

    @Test
    void aPastThatIsForgottenIsCaught() {
        assertCaught(FaultyLedgers.ForgetsThePast.class, "whoHeldAPortIsToldWithHowLongAndWhyItEnded");
    }

    @Test
    void tooShortAMemoryIsCaught() {
        assertCaught(FaultyLedgers.RemembersTooFew.class, "atLeastTheLastSixteenTenuresOfAPortAreRemembered");
    }

    @Test
    void aLapseThatIsToldAsAReleaseIsCaught() {
        assertCaught(FaultyLedgers.GivesOneReasonForAll.class, "aReservationThatLapsedIsToldAsSuch");
    }

    @Test
    void tenuresThatAreNotSortedByPortAreCaught() {
        assertCaught(FaultyLedgers.SortsByTimeAlone.class, "tenuresAreSortedByPortAndTime");
    }

    @Test
    void releasedPortsThatCountAsGrowthAreCaught() {
        assertCaught(FaultyLedgers.CountsWhatIsReleasedAsGrowth.class, "whatIsReleasedDoesNotCountAsGrowth");
    }

    @Test
    void aForecastThatForgetsWhatIsTakenIsCaught() {
        assertCaught(FaultyLedgers.FillsTheWholeRange.class, "theForecastFollowsFromHowManyPortsMoreAreHeldPerDay");
    }

    @Test
    void aForecastFromTooLittleIsCaught() {
        assertCaught(FaultyLedgers.ForetellsFromTheFirstMinute.class, "tooYoungARegistryForetellsNothing");
    }

    @Test
    void aForecastWithoutGrowthIsCaught() {
        assertCaught(
                FaultyLedgers.ForetellsWithoutGrowth.class,
                "useThatDoesNotGrowFillsNothing",
                "useThatShrinksFillsNothing");
    }

    @Test
    void aListenerThatDoesHarmIsCaught() {
        assertCaught(FaultyLedgers.LetsListenersDoHarm.class, "aListenerThatThrowsDoesNoHarm");
    }

    @Test
    void aListenerThatIsToldAfterItsRemovalIsCaught() {
        assertCaught(FaultyLedgers.NeverForgetsAListener.class, "aRemovedListenerIsToldNothing");
    }

    @Test
    void aListenerThatIsToldOfOtherHostsIsCaught() {
        assertCaught(FaultyLedgers.TellsListenersOfOtherHosts.class, "listenersAreNotToldWhatAnotherHostDoes");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }
}
