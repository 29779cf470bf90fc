package io.a64.proxy.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.spi.RouteWriter;
import io.a64.testkit.ContractRun;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract must pass a correct writer, and catch each of these faults by the test that is named. */
final class RouteWriterContractSelfTest {

    @Test
    void aCorrectWriterPasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(50);
    }

    @Test
    void aWriterThatReportsLiveBeforeItIsIsCaught() {
        assertCaught(LiveTooLate.class, "aRouteIsLiveForEveryConnectionWhenPublishReturns");
    }

    @Test
    void aWriterThatDropsAnotherModulesRouteIsCaught() {
        assertCaught(DropsAnotherModule.class, "routesAreSortedByModuleAndSeenByAWriterThatIsOpenedLater");
    }

    @Test
    void aWriterThatLosesTheQueryIsCaught() {
        assertCaught(LosesTheQuery.class, "pathAndQueryArriveWithThePrefixStripped");
    }

    @Test
    void aWriterThatTrustsForwardedHeadersIsCaught() {
        assertCaught(TrustsForwardedFor.class, "forwardedHeadersCannotBeSpoofed");
    }

    @Test
    void aWriterThatForgetsTheHolderIsCaught() {
        assertCaught(ForgetsTheHolder.class, "aPathThatAnotherModuleHoldsIsRefusedNamingTheHolder");
    }

    @Test
    void aWriterThatDoesNotRemoveIsCaught() {
        assertCaught(DoesNotRemove.class, "aRemovedRouteIsGoneAndItsPathIsFree");
    }

    @Test
    void aWriterThatDoublesSecurityHeadersIsCaught() {
        assertCaught(DoublesHeaders.class, "securityHeadersStandOnceOnEveryAnswerOfTheModule");
    }

    @Test
    void aWriterThatProvesNothingIsCaught() {
        assertCaught(ProvesNothing.class, "aLiveModuleIsProvenAndADeadOrUnknownOneIsNot");
    }

    @Test
    void aWriterThatMatchesHalfSegmentsIsCaught() {
        assertCaught(MatchesHalfSegments.class, "pathsThatOnlyLookAlikeAreNotFound");
    }

    private static void assertCaught(Class<?> broken, String test) {
        assertThat(ContractRun.of(broken).failed()).contains(test);
    }

    abstract static class OnOneProxy extends RoutedTrafficContract {

        private final ReferenceProxy proxy;

        OnOneProxy(ReferenceProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        protected RouteWriter open() {
            return proxy;
        }
    }

    static final class Correct extends OnOneProxy {
        Correct() {
            super(new ReferenceProxy());
        }
    }

    static final class LiveTooLate extends OnOneProxy {
        LiveTooLate() {
            super(new ReferenceProxy() {
                private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

                @Override
                public synchronized void publish(Route route, Deadline deadline) {
                    last = last.thenRunAsync(
                            () -> super.publish(route, deadline),
                            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
                }
            });
        }
    }

    static final class DropsAnotherModule extends OnOneProxy {
        DropsAnotherModule() {
            super(new ReferenceProxy() {
                @Override
                public synchronized void publish(Route route, Deadline deadline) {
                    super.publish(route, deadline);
                    routes.keySet().removeIf(module -> !module.equals(route.module()));
                }
            });
        }
    }

    static final class LosesTheQuery extends OnOneProxy {
        LosesTheQuery() {
            super(new ReferenceProxy() {
                @Override
                String query(URI asked) {
                    return "";
                }
            });
        }
    }

    static final class TrustsForwardedFor extends OnOneProxy {
        TrustsForwardedFor() {
            super(new ReferenceProxy() {
                @Override
                String client(HttpExchange exchange) {
                    List<String> given = exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of());
                    return given.isEmpty() ? "127.0.0.1" : given.get(0) + ", 127.0.0.1";
                }
            });
        }
    }

    static final class ForgetsTheHolder extends OnOneProxy {
        ForgetsTheHolder() {
            super(new ReferenceProxy() {
                @Override
                void requireFree(Route route) {}
            });
        }
    }

    static final class DoesNotRemove extends OnOneProxy {
        DoesNotRemove() {
            super(new ReferenceProxy() {
                @Override
                public synchronized boolean remove(String module, Deadline deadline) {
                    return routes.containsKey(module);
                }
            });
        }
    }

    static final class DoublesHeaders extends OnOneProxy {
        DoublesHeaders() {
            super(new ReferenceProxy() {
                @Override
                void secure(Headers out) {
                    super.secure(out);
                    out.add("X-Frame-Options", "SAMEORIGIN");
                }
            });
        }
    }

    static final class ProvesNothing extends OnOneProxy {
        ProvesNothing() {
            super(new ReferenceProxy() {
                @Override
                public void prove(Route route, Deadline deadline) {}
            });
        }
    }

    static final class MatchesHalfSegments extends OnOneProxy {
        MatchesHalfSegments() {
            super(new ReferenceProxy() {
                @Override
                synchronized Optional<Route> find(String path) {
                    return routes.values().stream()
                            .filter(route -> (path + "/")
                                    .startsWith(route.path()
                                            .substring(0, route.path().length() - 1)))
                            .findFirst();
                }
            });
        }
    }
}
