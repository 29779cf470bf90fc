package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.spi.RouteWriter;
import io.a64.testkit.ContractRun;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct writer passes, and every planted fault fails by name. */
class RouteWriterContractSelfTest {

    @Test
    void aCorrectWriterPasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(20);
    }

    @Test
    void aWriterThatReturnsBeforeTheProxyServesIsCaught() {
        assertCaught(
                ReturnsBeforeItIsServed.class,
                "aRouteIsLiveForEveryConnectionWhenPublishReturns",
                "noConnectionMeetsTheFormerModuleWhenAReplacementReturns",
                "aRemovedRouteAnswers404WhenRemoveReturns");
    }

    @Test
    void aWriterThatDropsTheRouteOfAnotherModuleIsCaught() {
        assertCaught(
                DropsAnotherModule.class,
                "routesAreSortedByModuleAndSeenByAWriterThatIsOpenedLater",
                "ofManyPublishedAtOnceNoneIsLost",
                "writersOnOneProxyTakeTurnsAndLoseNothing");
    }

    @Test
    void aProxyThatInterruptsOtherModulesDuringAChangeIsCaught() {
        assertCaught(InterruptsOthers.class, "anotherModuleIsServedThroughoutEveryChange");
    }

    @Test
    void aProxyThatLosesTheQueryIsCaught() {
        assertCaught(
                LosesTheQuery.class,
                "pathAndQueryArriveWithThePrefixStripped",
                "thePathWithoutItsFinalSlashIsRedirectedForAnyMethod");
    }

    @Test
    void aProxyThatAppendsToForwardedHeadersIsCaught() {
        assertCaught(AppendsToForwardedFor.class, "forwardedHeadersCannotBeSpoofed");
    }

    @Test
    void aWriterThatForgetsTheHolderOfAPathIsCaught() {
        assertCaught(
                ForgetsTheHolder.class,
                "aPathThatAnotherModuleHoldsIsRefusedNamingTheHolder",
                "otherModulesAreServedAfterARefusedPublish");
    }

    @Test
    void aWriterThatRemovesNothingIsCaught() {
        assertCaught(
                RemovesNothing.class,
                "aRemovedRouteIsGoneAndItsPathIsFree",
                "aRemovedRouteAnswers404WhenRemoveReturns");
    }

    @Test
    void aProxyThatDoublesSecurityHeadersIsCaught() {
        assertCaught(DoublesSecurityHeaders.class, "securityHeadersStandOnceOnEveryAnswerOfTheModule");
    }

    @Test
    void aProxyThatLeavesSecurityHeadersToTheModuleIsCaught() {
        assertCaught(
                LeavesSecurityToTheModule.class,
                "securityHeadersStandOnAnswersOfAModuleWithoutAny",
                "securityHeadersStandOnceOnAnswersOfTheProxy");
    }

    @Test
    void aWriterThatForgetsToProveIsCaught() {
        assertCaught(
                ForgetsToProve.class,
                "aLiveModuleIsProvenAndADeadOrUnknownOneIsNot",
                "aProofAsksTheModuleForItsHealthAndTakesAnyAnswer");
    }

    @Test
    void aWriterThatIgnoresTheDeadlineIsCaught() {
        assertCaught(IgnoresTheDeadline.class, "aDeadlineThatHasPassedEndsTheCallAndChangesNothing");
    }

    @Test
    void aWriterThatForgetsTheOptionsIsCaught() {
        assertCaught(
                ForgetsTheOptions.class,
                "aPublishedRouteIsListedWithAllItsParts",
                "aBodyAboveTheLimitIsRefusedAndOneWithinItPasses");
    }

    @Test
    void aProxyThatTakesBodiesOfAnyLengthIsCaught() {
        assertCaught(TakesAnyBody.class, "aBodyAboveTheLimitIsRefusedAndOneWithinItPasses");
    }

    @Test
    void aProxyThatDoesNotMapAnswersBackIsCaught() {
        assertCaught(DoesNotMapBack.class, "redirectsOfTheModuleLeadBackToIt", "cookiesOfTheModuleStayWithIt");
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

    static final class ReturnsBeforeItIsServed extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void serve(List<Route> next) {
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                            .execute(() -> super.serve(next));
                }
            };
        }
    }

    static final class DropsAnotherModule extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void put(SortedMap<String, Route> routes, Route route) {
                    routes.clear();
                    super.put(routes, route);
                }
            };
        }
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

    static final class LosesTheQuery extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                String query(URI asked) {
                    return "";
                }
            };
        }
    }

    static final class AppendsToForwardedFor extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                String forwardedFor(Headers asked, String peer) {
                    String claimed = asked.getFirst("X-Forwarded-For");
                    return claimed == null ? peer : claimed + ", " + peer;
                }
            };
        }
    }

    static final class ForgetsTheHolder extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void requireFree(SortedMap<String, Route> routes, Route wanted) {
                    routes.values().removeIf(held -> held.path().equals(wanted.path()));
                }
            };
        }
    }

    static final class RemovesNothing extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                boolean takeOut(SortedMap<String, Route> routes, String module) {
                    return routes.containsKey(module);
                }
            };
        }
    }

    static final class DoublesSecurityHeaders extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void secure(Headers headers) {
                    headers.add("X-Content-Type-Options", "nosniff");
                    headers.add("X-Frame-Options", "SAMEORIGIN");
                }
            };
        }
    }

    static final class LeavesSecurityToTheModule extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void secure(Headers headers) {}
            };
        }
    }

    static final class ForgetsToProve extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                public void prove(Route route, Deadline deadline) {}
            };
        }
    }

    static final class IgnoresTheDeadline extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void requireTime(String module, Deadline deadline) {}
            };
        }
    }

    static final class ForgetsTheOptions extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void put(SortedMap<String, Route> routes, Route route) {
                    RouteOptions defaults = RouteOptions.defaults();
                    super.put(
                            routes,
                            new Route(route.module(), route.generation(), route.path(), route.upstreams(), defaults));
                }
            };
        }
    }

    static final class TakesAnyBody extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean isTooLong(byte[] body, Route route) {
                    return false;
                }
            };
        }
    }

    static final class DoesNotMapBack extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                List<String> mapped(List<String> headers, String prefix) {
                    return headers;
                }
            };
        }
    }
}
