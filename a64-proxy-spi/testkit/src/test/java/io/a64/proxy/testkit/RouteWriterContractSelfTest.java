package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;
import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.testkit.ContractRun;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct writer passes, and every planted fault fails by name. */
final class RouteWriterContractSelfTest {

    @Test
    void aCorrectWriterPasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.complaints()).isEmpty();
        assertThat(run.notRun()).isEmpty();
        assertThat(run.started()).isGreaterThan(200);
    }

    static final class Correct extends OnReference {}

    @Test
    void whatAWriterLacksIsReportedAsNotRun() {
        String[] tests = {"aRouteOfAHostIsListedWithAllItsParts", "aHostHasReplicasToo", "allReplicasServe"};

        ContractRun run = ContractRun.of(WithoutHosts.class, tests);

        assertThat(run.notRun()).containsExactly("aHostHasReplicasToo", "aRouteOfAHostIsListedWithAllItsParts");
        assertThat(run.failed()).isEmpty();
    }

    static final class WithoutHosts extends OnReference {
        @Override
        protected Set<Capability> lacking() {
            return Set.of(Capability.HOST_ROUTES);
        }
    }

    @Test
    void aWriterThatDropsTheRouteOfAnotherModuleIsCaught() {
        assertCaught(
                DropsAnotherModule.class,
                "routesAreSortedByModuleAndSeenByAWriterThatIsOpenedLater",
                "ofManyPublishedAtOnceNoneIsLost",
                "writersOnOneProxyTakeTurnsAndLoseNothing",
                "aHostIsSharedUnderOtherPrefixesAndOnOtherPorts",
                "aModuleOfAPathAndOneOfAHostStandSideBySide");
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

    @Test
    void aWriterThatForgetsTheHolderIsCaught() {
        assertCaught(
                ForgetsTheHolder.class,
                "aPathThatAnotherModuleHoldsIsRefusedNamingTheHolder",
                "aPathThatIsTheHealthOfAnotherModuleIsRefused",
                "aHostThatAnotherModuleHoldsIsRefusedNamingTheHolder",
                "aPathThatNoOtherModuleServesIsNotAskedForAuthorization",
                "otherModulesAreServedAfterARefusedPublish");
    }

    static final class ForgetsTheHolder extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void requireFree(SortedMap<String, Route> routes, Route wanted) {
                    routes.values().removeIf(held -> held.match().clashesWith(wanted.match()));
                }
            };
        }
    }

    @Test
    void aWriterThatDoesNotTellHostsApartIsCaught() {
        assertCaught(
                HoldsPrefixesOnly.class,
                "aHostIsSharedUnderOtherPrefixesAndOnOtherPorts",
                "aModuleOfAPathAndOneOfAHostStandSideBySide",
                "publishingWhatIsPublishedChangesNothing");
    }

    static final class HoldsPrefixesOnly extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void requireFree(SortedMap<String, Route> routes, Route wanted) {
                    for (Route held : routes.values()) {
                        if (held.match().path().equals(wanted.match().path())) {
                            throw RouteException.held(wanted, held.module());
                        }
                    }
                }
            };
        }
    }

    @Test
    void aWriterThatRemovesNothingIsCaught() {
        assertCaught(
                RemovesNothing.class,
                "aRemovedRouteIsGoneAndItsPathIsFree",
                "aRemovedHostIsFree",
                "aModuleThatIsAskedForAuthorizationMayStillBeRemoved",
                "aRemovedRouteAnswers404WhenRemoveReturns",
                "aRemovedHostIsUnknownAndItsSiblingIsServed",
                "aBackEndThatIsRemovedLeavesItsPrefixToTheFrontEnd");
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

    @Test
    void aWriterThatForgetsToProveIsCaught() {
        assertCaught(
                ForgetsToProve.class,
                "aLiveModuleIsProvenAndADeadOrUnknownOneIsNot",
                "aProofAsksTheModuleForItsHealthAndTakesAnyAnswer",
                "aHostIsProvenThroughItsPrefix",
                "aHostWhoseModuleIsDeadIsNotProven");
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

    @Test
    void aWriterThatIgnoresTheDeadlineIsCaught() {
        assertCaught(IgnoresTheDeadline.class, "aDeadlineThatHasPassedEndsTheCallAndChangesNothing");
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

    @Test
    void aWriterThatForgetsTheOptionsIsCaught() {
        assertCaught(
                ForgetsTheOptions.class,
                "aPublishedRouteIsListedWithAllItsParts",
                "everyOptionIsListedAsItWasPublishedAlsoByAWriterThatIsOpenedLater",
                "aRouteOfAHostIsListedWithAllItsParts",
                "aBodyMayHaveTheLengthOfTheLimit");
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
                            new Route(route.module(), route.generation(), route.match(), route.upstreams(), defaults));
                }
            };
        }
    }

    @Test
    void aWriterThatForgetsThePortOfAHostIsCaught() {
        assertCaught(ForgetsThePort.class, "aRouteOfAHostIsListedWithAllItsParts");
    }

    static final class ForgetsThePort extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                void put(SortedMap<String, Route> routes, Route route) {
                    RouteMatch match =
                            route.match() instanceof HostMatch host ? HostMatch.of(host.host(), 80) : route.match();
                    routes.put(
                            route.module(),
                            new Route(route.module(), route.generation(), match, route.upstreams(), route.options()));
                }
            };
        }
    }

    @Test
    void aWriterThatIsNeverDrainedIsCaught() {
        assertCaught(
                IsNeverDrained.class,
                "aModuleIsDrainedAtOnceIfNothingIsUnderWay",
                "aRemovedModuleIsDrainedWhenItsLastRequestHasEnded");
    }

    static final class IsNeverDrained extends OnReference {
        @Override
        ReferenceWriter writer(ReferenceProxy shared) {
            return new ReferenceWriter(shared) {
                @Override
                public boolean awaitDrained(String module, Deadline deadline) {
                    return false;
                }
            };
        }
    }
}
