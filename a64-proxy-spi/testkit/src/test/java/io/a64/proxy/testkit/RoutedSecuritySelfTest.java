package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Faults about headers of answers, each caught by name. */
final class RoutedSecuritySelfTest {

    @Test
    void aProxyThatDoublesSecurityHeadersIsCaught() {
        assertCaught(DoublesSecurityHeaders.class, "securityHeadersStandOnceOnEveryAnswerOfTheModule");
    }

    static final class DoublesSecurityHeaders extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean isPassedBack(String line) {
                    return super.isPassedBack(line) || line.matches("(?i)x-(frame|content-type)-options:.*");
                }
            };
        }
    }

    @Test
    void aProxyThatLeavesSecurityHeadersToTheModuleIsCaught() {
        assertCaught(
                LeavesSecurityToTheModule.class,
                "securityHeadersStandOnAnswersOfAModuleWithoutAny",
                "securityHeadersStandOnceOnAnswersOfTheProxy",
                "securityHeadersStandOnAnswersOfAHost",
                "anUnknownHostIsRefused");
    }

    static final class LeavesSecurityToTheModule extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                List<String> secure() {
                    return List.of();
                }
            };
        }
    }

    @Test
    void aProxyThatSendsTheOutdatedFilterIsCaught() {
        assertCaught(SendsTheOutdatedFilter.class, "noAnswerSwitchesOnTheOutdatedFilter");
    }

    static final class SendsTheOutdatedFilter extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                List<String> secure() {
                    return List.of(
                            "X-Content-Type-Options: nosniff", "X-Frame-Options: SAMEORIGIN", "X-XSS-Protection: 1");
                }
            };
        }
    }

    @Test
    void aProxyThatDressesAnswersOfModulesOnlyIsCaught() {
        assertCaught(
                DressesModulesOnly.class,
                "securityHeadersStandOnceOnAnswersOfTheProxy",
                "headersOfTheRouteStandOnAnswersOfTheProxyToo",
                "securityHeadersStandOnARefusalByAddress",
                "securityHeadersStandOnTheQuestionForAPassword",
                "securityHeadersStandOnRefusalsOfAnotherModule",
                "securityHeadersStandOnARefusalByRate",
                "securityHeadersStandOnARefusalByConnections",
                "securityHeadersStandOnAnswersOfAHost",
                "rawPathsBeginWithThePrefix",
                "aModuleThatStaysSilentForTooLongIsGivenUp");
    }

    static final class DressesModulesOnly extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                List<String> dressOwn(Optional<Route> route) {
                    return List.of();
                }
            };
        }
    }

    @Test
    void aProxyThatSendsAHeaderBesideTheModulesOwnIsCaught() {
        assertCaught(SendsBoth.class, "headersOfTheRouteReplaceThoseOfTheModule");
    }

    static final class SendsBoth extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean replaces(Route route) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatForgetsTheHeadersOfTheRouteIsCaught() {
        assertCaught(
                ForgetsHeaders.class,
                "headersOfTheRouteReplaceThoseOfTheModule",
                "headersOfTheRouteStandOnAnswersOfTheProxyToo",
                "headersOfTheRouteStandOnAnswersOfAHost");
    }

    static final class ForgetsHeaders extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                List<String> ofRoute(Route route) {
                    return List.of();
                }
            };
        }
    }

    @Test
    void aProxyThatSpreadsTheHeadersOfARouteIsCaught() {
        assertCaught(SpreadsHeaders.class, "headersOfOneRouteDoNotStandOnAnswersOfAnother");
    }

    static final class SpreadsHeaders extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                private final List<String> all = new CopyOnWriteArrayList<>();

                @Override
                List<String> ofRoute(Route route) {
                    all.addAll(super.ofRoute(route));
                    return all;
                }
            };
        }
    }
}
