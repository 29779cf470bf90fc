package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Faults about several upstreams, each caught by name. */
final class RoutedReplicasSelfTest {

    @Test
    void aProxyThatAsksTheFirstReplicaOnlyIsCaught() {
        assertCaught(
                AsksTheFirst.class,
                "allReplicasServe",
                "aHostHasReplicasToo",
                "theReplicaWithLessToDoIsAsked",
                "aClientWhoseReplicaDiesGetsTheOther");
    }

    static final class AsksTheFirst extends OnReference {
        @Override
        ReferenceReplicas replicas() {
            return new ReferenceReplicas() {
                @Override
                List<Upstream> order(Route route, InetAddress peer) {
                    return route.upstreams().subList(0, 1);
                }
            };
        }
    }

    @Test
    void aProxyThatIgnoresWhatReplicasHaveToDoIsCaught() {
        assertCaught(IgnoresTheLoad.class, "theReplicaWithLessToDoIsAsked");
    }

    static final class IgnoresTheLoad extends OnReference {
        @Override
        ReferenceReplicas replicas() {
            return new ReferenceReplicas() {
                @Override
                int weight(Upstream upstream) {
                    return 0;
                }
            };
        }
    }

    @Test
    void aProxyThatSpreadsTheRequestsOfAClientIsCaught() {
        assertCaught(NeverSticks.class, "aClientKeepsItsReplicaIfTheRouteSaysSo");
    }

    static final class NeverSticks extends OnReference {
        @Override
        ReferenceReplicas replicas() {
            return new ReferenceReplicas() {
                @Override
                boolean sticks(Route route) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatGivesUpAtADeadReplicaIsCaught() {
        assertCaught(GivesUp.class, "aDeadReplicaIsPassedOver", "aPostIsDeliveredOnceToTheOtherReplica");
    }

    static final class GivesUp extends OnReference {
        @Override
        ReferenceReplicas replicas() {
            return new ReferenceReplicas() {
                @Override
                boolean passesOverTheDead() {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatSendsAPostTwiceIsCaught() {
        assertCaught(SendsTwice.class, "aPostThatWasReadIsNotSentAgain");
    }

    static final class SendsTwice extends OnReference {
        @Override
        ReferenceReplicas replicas() {
            return new ReferenceReplicas() {
                @Override
                boolean maySendAgain(String method) {
                    return true;
                }
            };
        }
    }

    @Test
    void aProxyThatClosesARouteAfterOneSlowRequestIsCaught() {
        assertCaught(CondemnsTheSlow.class, "aSlowRequestDoesNotCloseTheRouteToOthers");
    }

    static final class CondemnsTheSlow extends OnReference {
        @Override
        ReferenceReplicas replicas() {
            return new ReferenceReplicas() {
                private final Set<Upstream> condemned = ConcurrentHashMap.newKeySet();

                @Override
                void wasSilent(Route route) {
                    condemned.addAll(route.upstreams());
                }

                @Override
                List<Upstream> order(Route route, InetAddress peer) {
                    return super.order(route, peer).stream()
                            .filter(one -> !condemned.contains(one))
                            .toList();
                }
            };
        }
    }
}
