package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Faults about when a change is in force, each caught by name. */
final class RoutedTrafficContractSelfTest {

    @Test
    void aProxyThatServesTooLateIsCaught() {
        assertCaught(
                ReturnsBeforeItIsServed.class,
                "aRouteIsLiveForEveryConnectionWhenPublishReturns",
                "noConnectionMeetsTheFormerModuleWhenAReplacementReturns",
                "aRemovedRouteAnswers404WhenRemoveReturns",
                "whatIsPublishedAtOnceIsLiveAtOnce");
    }

    static final class ReturnsBeforeItIsServed extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void serve(List<Route> next) {
                    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)
                            .execute(() -> super.serve(next));
                }
            };
        }
    }

    @Test
    void aProxyThatInterruptsOtherModulesDuringAChangeIsCaught() {
        assertCaught(InterruptsOthers.class, "anotherModuleIsServedThroughoutEveryChange");
    }

    static final class InterruptsOthers extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void serve(List<Route> next) {
                    super.serve(List.of());
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
                    while (System.nanoTime() - end < 0) {
                        Thread.onSpinWait();
                    }
                    super.serve(next);
                }
            };
        }
    }

    @Test
    void aProxyThatGoesOnServingAFormerPathIsCaught() {
        assertCaught(
                ServesFormerPaths.class,
                "aRouteThatMovesLeavesItsFormerPath",
                "aModuleThatMovesFromItsPathToAHostLeavesThePath");
    }

    static final class ServesFormerPaths extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                private final List<Route> ever = new CopyOnWriteArrayList<>();

                @Override
                void serve(List<Route> next) {
                    ever.addAll(next);
                    super.serve(ever);
                }
            };
        }
    }
}
