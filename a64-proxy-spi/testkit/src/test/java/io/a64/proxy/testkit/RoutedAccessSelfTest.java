package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Faults about who may use a route, each caught by name. */
final class RoutedAccessSelfTest {

    @Test
    void aProxyThatIgnoresTheListOfAddressesIsCaught() {
        assertCaught(
                IgnoresTheList.class,
                "aClientThatIsNotOnTheListMayNot",
                "aHostHasAListToo",
                "allThatIsDemandedMustBeMet",
                "aPathThatLeavesItsPrefixIsServedByTheOtherModulesRules",
                "securityHeadersStandOnARefusalByAddress");
    }

    static final class IgnoresTheList extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isAllowed(Route route, ReferenceRequest asked) {
                    return true;
                }
            };
        }
    }

    @Test
    void aProxyThatRefusesEveryAddressIsCaught() {
        assertCaught(RefusesEverybody.class, "aClientOnTheListMayAsk");
    }

    static final class RefusesEverybody extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isAllowed(Route route, ReferenceRequest asked) {
                    return route.options().access().allowedAddresses().isEmpty();
                }
            };
        }
    }

    @Test
    void aProxyThatBelievesWhatClientsSayTheyAreIsCaught() {
        assertCaught(BelievesHeaders.class, "noHeaderPutsAClientOnTheList");
    }

    static final class BelievesHeaders extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isAllowed(Route route, ReferenceRequest asked) {
                    return super.isAllowed(route, asked)
                            || !asked.head().header("x-forwarded-for").isEmpty();
                }
            };
        }
    }

    @Test
    void aProxyThatIgnoresPasswordsIsCaught() {
        assertCaught(
                IgnoresPasswords.class,
                "whoeverDoesNotIsAskedForIt",
                "nothingIsServedWithoutAPassword",
                "aHostHasPasswordsToo",
                "securityHeadersStandOnTheQuestionForAPassword");
    }

    static final class IgnoresPasswords extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean hasPassword(Route route, ReferenceRequest asked) {
                    return true;
                }
            };
        }
    }

    @Test
    void aProxyThatTakesAnyPasswordIsCaught() {
        assertCaught(TakesAnyPassword.class, "whoeverDoesNotIsAskedForIt");
    }

    static final class TakesAnyPassword extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean hasPassword(Route route, ReferenceRequest asked) {
                    return super.hasPassword(route, asked)
                            || !asked.head().header("authorization").isEmpty();
                }
            };
        }
    }

    @Test
    void aProxyThatServesHealthToEverybodyIsCaught() {
        assertCaught(
                ServesHealthToEverybody.class,
                "aClientThatIsNotOnTheListMayNot",
                "nothingIsServedWithoutAPassword",
                "theHealthPathAsksToo");
    }

    static final class ServesHealthToEverybody extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isGuarded(Route route, ReferenceRequest asked) {
                    return !isExempt(route, asked);
                }
            };
        }
    }

    @Test
    void aProxyThatForgetsNoRuleIsCaught() {
        assertCaught(RemembersPasswords.class, "aRuleThatIsDroppedDoesNotLinger");
    }

    static final class RemembersPasswords extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                private final Set<String> guarded = ConcurrentHashMap.newKeySet();

                @Override
                boolean hasPassword(Route route, ReferenceRequest asked) {
                    if (route.options().access().basicAuth().isPresent()) {
                        guarded.add(route.module());
                    }
                    return super.hasPassword(route, asked) && !guarded.contains(route.module());
                }
            };
        }
    }

    @Test
    void aProxyThatFailsOpenWhenTheOtherModuleIsDeadIsCaught() {
        assertCaught(FailsOpenWhenDead.class, "aDeadModuleClosesTheRoutesThatAskIt");
    }

    static final class FailsOpenWhenDead extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                Optional<Refusal> onDeadAuthorization() {
                    return Optional.empty();
                }
            };
        }
    }

    @Test
    void aProxyThatHandsOddAnswersToTheClientIsCaught() {
        assertCaught(HandsOddAnswersOn.class, "anyOtherAnswerClosesTheRoute", "aRemovedModuleClosesTheRoutesThatAskIt");
    }

    static final class HandsOddAnswersOn extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                Refusal onOddAuthorization(int status) {
                    return new Refusal(status);
                }
            };
        }
    }

    @Test
    void aProxyThatAsksNobodyIsCaught() {
        assertCaught(
                AsksNobody.class,
                "itsRefusalIsHandedToTheClient",
                "itTellsTheClientHowToLogIn",
                "anyOtherAnswerClosesTheRoute",
                "aHostAsksAModuleOfAPath",
                "webSocketsAskToo",
                "securityHeadersStandOnRefusalsOfAnotherModule");
    }

    static final class AsksNobody extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                Optional<Refusal> judged(HttpHead answer) {
                    return Optional.empty();
                }
            };
        }
    }

    @Test
    void aProxyThatTakesNothingBut200ForAYesIsCaught() {
        assertCaught(Takes200Only.class, "whatTheOtherModuleAllowsPasses");
    }

    static final class Takes200Only extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isYes(int status) {
                    return status == 200;
                }
            };
        }
    }

    @Test
    void aProxyThatHidesWhoAsksIsCaught() {
        assertCaught(HidesWhoAsks.class, "theOtherModuleSeesWhoAsksButNotTheBody");
    }

    static final class HidesWhoAsks extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isShown(String line) {
                    return false;
                }
            };
        }
    }
}
