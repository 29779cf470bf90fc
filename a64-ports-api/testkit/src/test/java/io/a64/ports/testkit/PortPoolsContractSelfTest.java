package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct allocator passes, and every planted fault fails by name. */
class PortPoolsContractSelfTest {

    @Test
    void correctPoolsPass() {
        ContractRun run = ContractRun.of(FaultyPools.Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(35);
    }

    @Test
    void aGeneralRangeThatTakesFromPoolsIsCaught() {
        assertCaught(FaultyPools.LetsTheGeneralRangeTakeFromPools.class, "theGeneralRangeLeavesThePortsOfPoolsAlone");
    }

    @Test
    void familiesThatGetNoPortsOfTheirPoolAreCaught() {
        assertCaught(
                FaultyPools.IgnoresFamilies.class,
                "modulesOfAFamilyGetPortsOfItsPoolWithoutAsking",
                "aFamilyWhosePoolIsFullGetsNothingElsewhere");
    }

    @Test
    void namesThatAreTakenForBeginningsAreCaught() {
        assertCaught(FaultyPools.TakesNamesForBeginnings.class, "modulesOfAFamilyGetPortsOfItsPoolWithoutAsking");
    }

    @Test
    void portsOutsideOfTheGivenPartAreCaught() {
        assertCaught(
                FaultyPools.LeavesTheGivenPart.class,
                "aPartOfTheRangeIsNeverLeft",
                "manyWhoWantAPartOfTheRangeGetEachOfItsPortsOnce");
    }

    @Test
    void reservedPortsFromPoolsAreCaught() {
        assertCaught(
                FaultyPools.HandsOutReservedPortsOfPools.class,
                "reservedPortsAreNotHandedOutByPoolsAndExpansionsEither");
    }

    @Test
    void anExpansionBeforeTheRangeIsFullIsCaught() {
        assertCaught(FaultyPools.ExpandsTooEarly.class, "anExpansionBelowTheRangeIsUsedAfterItAllTheSame");
    }

    @Test
    void aRangeThatDoesNotExpandIsCaught() {
        assertCaught(
                FaultyPools.NeverExpands.class,
                "portsComeFromTheExpansionOnlyWhenTheRangeIsFullAndTheLowestFirst",
                "oneAllocationMayTakeFromBoth");
    }

    @Test
    void anExpansionThatIsToldAgainAndAgainIsCaught() {
        assertCaught(
                FaultyPools.TellsEveryPortOfAnExpansion.class,
                "expansionIsToldOnceAndNotBeforeThereIsNeed",
                "whoAsksForAPartOfTheExpansionExpandsNothing");
    }

    @Test
    void portsThatOverlappingPoolsGiveTwiceAreCaught() {
        assertCaught(
                FaultyPools.GivesPortsOfOverlappingPoolsTwice.class, "overlappingAndNestedPoolsNeverGiveOnePortTwice");
    }

    @Test
    void exactPortsThatRestAreCaught() {
        assertCaught(
                FaultyPools.GrantsExactPortsThatRest.class,
                "aPortThatCoolsDownIsAConflictThatNamesIt",
                "aPortInQuarantineIsAConflictThatNamesIt");
    }

    @Test
    void exactPortsThatAreHeldAreCaught() {
        assertCaught(
                FaultyPools.GrantsExactPortsThatAreHeld.class,
                "aPortThatSomebodyHoldsIsAConflictThatNamesBoth",
                "ifOneOfThePortsIsTakenTheOthersAreNotHeldEither",
                "oneOfManyGetsAPortThatAllWant");
    }

    @Test
    void exactPortsThatAreRefusedByAnOldPictureAreCaught() {
        assertCaught(
                FaultyPools.JudgesExactPortsByWhatItSawFirst.class,
                "aPortThatAnotherHostGaveBackIsGrantedAlthoughItWasTakenWhenLastSeen");
    }

    @Test
    void allocationsThatAShrunkRangeForgetsAreCaught() {
        assertCaught(FaultyPools.ForgetsWhatLiesOutside.class, "aRangeThatHasShrunkKeepsWhatIsAllocated");
    }

    @Test
    void anExhaustionThatDoesNotNameThePoolIsCaught() {
        assertCaught(FaultyPools.DoesNotSayWhichPoolIsExhausted.class, "exhaustionNamesThePoolItsRangesAndItsCounts");
    }

    @Test
    void countsThatDoNotAddUpAreCaught() {
        assertCaught(FaultyPools.CountsCoolingPortsAsAvailable.class, "theCountsOfEveryPoolAddUpToItsSize");
    }

    @Test
    void portsThatAreNotSpreadAreCaught() {
        assertCaught(FaultyPools.NeverSpreads.class, "portsThatAreSpreadAreNotSimplyTheLowest");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }
}
