package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.proxy.spi.RouteWriter;
import io.a64.testkit.ContractRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct writer passes, and every planted fault fails by name. */
final class RouteWriterContractSelfTest {

    @Test
    void aCorrectWriterPasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(20);
    }

    @Test
    void aWriterThatReturnsBeforeTheProxyServesIsCaught() {
        assertCaught(
                PlantedFaults.ReturnsBeforeItIsServed.class,
                "aRouteIsLiveForEveryConnectionWhenPublishReturns",
                "noConnectionMeetsTheFormerModuleWhenAReplacementReturns",
                "aRemovedRouteAnswers404WhenRemoveReturns");
    }

    @Test
    void aWriterThatDropsTheRouteOfAnotherModuleIsCaught() {
        assertCaught(
                PlantedFaults.DropsAnotherModule.class,
                "routesAreSortedByModuleAndSeenByAWriterThatIsOpenedLater",
                "ofManyPublishedAtOnceNoneIsLost",
                "writersOnOneProxyTakeTurnsAndLoseNothing");
    }

    @Test
    void aProxyThatInterruptsOtherModulesDuringAChangeIsCaught() {
        assertCaught(PlantedFaults.InterruptsOthers.class, "anotherModuleIsServedThroughoutEveryChange");
    }

    @Test
    void aProxyThatLosesTheQueryIsCaught() {
        assertCaught(
                PlantedFaults.LosesTheQuery.class,
                "pathAndQueryArriveWithThePrefixStripped",
                "thePathWithoutItsFinalSlashIsRedirectedForAnyMethod");
    }

    @Test
    void aProxyThatAppendsToForwardedHeadersIsCaught() {
        assertCaught(PlantedFaults.AppendsToForwardedFor.class, "forwardedHeadersCannotBeSpoofed");
    }

    @Test
    void aWriterThatForgetsTheHolderOfAPathIsCaught() {
        assertCaught(
                PlantedFaults.ForgetsTheHolder.class,
                "aPathThatAnotherModuleHoldsIsRefusedNamingTheHolder",
                "otherModulesAreServedAfterARefusedPublish");
    }

    @Test
    void aWriterThatRemovesNothingIsCaught() {
        assertCaught(
                PlantedFaults.RemovesNothing.class,
                "aRemovedRouteIsGoneAndItsPathIsFree",
                "aRemovedRouteAnswers404WhenRemoveReturns");
    }

    @Test
    void aProxyThatDoublesSecurityHeadersIsCaught() {
        assertCaught(PlantedFaults.DoublesSecurityHeaders.class, "securityHeadersStandOnceOnEveryAnswerOfTheModule");
    }

    @Test
    void aProxyThatLeavesSecurityHeadersToTheModuleIsCaught() {
        assertCaught(
                PlantedFaults.LeavesSecurityToTheModule.class,
                "securityHeadersStandOnAnswersOfAModuleWithoutAny",
                "securityHeadersStandOnceOnAnswersOfTheProxy");
    }

    @Test
    void aWriterThatForgetsToProveIsCaught() {
        assertCaught(
                PlantedFaults.ForgetsToProve.class,
                "aLiveModuleIsProvenAndADeadOrUnknownOneIsNot",
                "aProofAsksTheModuleForItsHealthAndTakesAnyAnswer");
    }

    @Test
    void aWriterThatIgnoresTheDeadlineIsCaught() {
        assertCaught(PlantedFaults.IgnoresTheDeadline.class, "aDeadlineThatHasPassedEndsTheCallAndChangesNothing");
    }

    @Test
    void aWriterThatForgetsTheOptionsIsCaught() {
        assertCaught(
                PlantedFaults.ForgetsTheOptions.class,
                "aPublishedRouteIsListedWithAllItsParts",
                "aBodyAboveTheLimitIsRefusedAndOneWithinItPasses");
    }

    @Test
    void aProxyThatTakesBodiesOfAnyLengthIsCaught() {
        assertCaught(PlantedFaults.TakesAnyBody.class, "aBodyAboveTheLimitIsRefusedAndOneWithinItPasses");
    }

    @Test
    void aProxyThatLimitsOnlyBodiesOfDeclaredLengthIsCaught() {
        assertCaught(PlantedFaults.LimitsDeclaredBodiesOnly.class, "theLimitHoldsForBodiesOfUndeclaredLength");
    }

    @Test
    void aProxyThatMatchesHalfSegmentsIsCaught() {
        assertCaught(PlantedFaults.MatchesHalfSegments.class, "pathsThatOnlyLookAlikeAreNotFound");
    }

    @Test
    void aProxyThatGoesOnServingAFormerPathIsCaught() {
        assertCaught(PlantedFaults.ServesFormerPaths.class, "aRouteThatMovesLeavesItsFormerPath");
    }

    @Test
    void aProxyThatDoesNotMapAnswersBackIsCaught() {
        assertCaught(
                PlantedFaults.DoesNotMapBack.class, "redirectsOfTheModuleLeadBackToIt", "cookiesOfTheModuleStayWithIt");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }

    abstract static class OnReference extends RoutedTrafficContract {

        private final ReferenceProxy proxy = proxy();

        ReferenceProxy proxy() {
            return new ReferenceProxy();
        }

        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared);
        }

        @Override
        protected final RouteWriter open() {
            return writer(proxy);
        }

        @AfterEach
        void stopProxy() {
            proxy.close();
        }
    }

    static final class Correct extends OnReference {}
}
