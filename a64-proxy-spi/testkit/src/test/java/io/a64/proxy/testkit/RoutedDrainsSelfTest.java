package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.Deadline;
import io.a64.proxy.Route;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Faults about changes while requests are under way, each caught by name. */
final class RoutedDrainsSelfTest {

    @Test
    void aProxyThatIsDrainedTooEarlyIsCaught() {
        assertCaught(
                IsDrainedTooEarly.class,
                "aRemovedModuleIsDrainedWhenItsLastRequestHasEnded",
                "aReplacedModuleIsDrainedWhenItsLastRequestHasEnded",
                "aRemovedHostIsDrainedWhenItsLastRequestHasEnded",
                "aWebSocketIsWaitedFor",
                "theWaitForADrainEndsWithTheDeadline",
                "aWriterThatIsOpenedLaterKnowsWhatIsUnderWay");
    }

    static final class IsDrainedTooEarly extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean isDrained(String module) {
                    return true;
                }
            };
        }
    }

    @Test
    void aProxyThatWaitsForTheHeirTooIsCaught() {
        assertCaught(WaitsForTheHeir.class, "aReplacedModuleIsDrainedWhenItsLastRequestHasEnded");
    }

    static final class WaitsForTheHeir extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean isFormer(Route route) {
                    return true;
                }
            };
        }
    }

    @Test
    void aProxyThatCutsWhatIsUnderWayIsCaught() {
        assertCaught(
                CutsWhatIsUnderWay.class,
                "aRequestEndsWellAfterTheRemovalOfItsRoute",
                "aRequestEndsWellAfterTheReplacementOfItsModule",
                "aWebSocketSurvivesAChangeOfAnotherRoute",
                "aWebSocketIsWaitedFor");
    }

    static final class CutsWhatIsUnderWay extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void serve(List<Route> next) {
                    super.serve(next);
                    hangUp();
                }
            };
        }
    }

    @Test
    void aWriterThatWaitsPastTheDeadlineIsCaught() {
        assertCaught(WaitsPastTheDeadline.class, "theWaitForADrainEndsWithTheDeadline");
    }

    static final class WaitsPastTheDeadline extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                public boolean awaitDrained(String module, Deadline deadline) {
                    return super.awaitDrained(module, Deadline.after(Duration.ofSeconds(30)));
                }
            };
        }
    }

    @Test
    void aWriterThatKnowsOnlyWhatItDidItselfIsCaught() {
        assertCaught(KnowsItsOwnOnly.class, "aWriterThatIsOpenedLaterKnowsWhatIsUnderWay");
    }

    static final class KnowsItsOwnOnly extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                private boolean changed;

                @Override
                boolean takeOut(SortedMap<String, Route> routes, String module) {
                    changed = true;
                    return super.takeOut(routes, module);
                }

                @Override
                public boolean awaitDrained(String module, Deadline deadline) {
                    return !changed || super.awaitDrained(module, deadline);
                }
            };
        }
    }
}
