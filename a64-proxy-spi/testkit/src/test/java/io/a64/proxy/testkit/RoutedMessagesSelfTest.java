package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import org.junit.jupiter.api.Test;

/** Faults about headers and bodies, each caught by name. */
final class RoutedMessagesSelfTest {

    @Test
    void aProxyThatAppendsToForwardedHeadersIsCaught() {
        assertCaught(
                AppendsToForwardedFor.class,
                "forwardedHeadersCannotBeSpoofed",
                "whatIsForwardedNamesTheHostAndThePublicPort");
    }

    static final class AppendsToForwardedFor extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                String forwardedFor(ReferenceRequest asked, String peer) {
                    return String.join(", ", asked.head().header("x-forwarded-for")) + ", " + peer;
                }
            };
        }
    }

    @Test
    void aProxyThatPassesEveryHeaderOnIsCaught() {
        assertCaught(
                PassesEverythingOn.class,
                "forwardedHeadersCannotBeSpoofed",
                "whatConcernsOneConnectionStaysThere",
                "anotherUpgradeThanWebsocketIsNotPassedOn");
    }

    static final class PassesEverythingOn extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean isPassedOn(String line) {
                    return !line.matches("(?i)(host|connection|content-length|transfer-encoding):.*");
                }
            };
        }
    }

    @Test
    void aProxyThatTakesBodiesOfAnyLengthIsCaught() {
        assertCaught(
                TakesAnyBody.class,
                "aBodyMayHaveTheLengthOfTheLimit",
                "theLimitHoldsForBodiesOfUndeclaredLength",
                "theLimitOfABodyHoldsWithoutBuffering");
    }

    static final class TakesAnyBody extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void requireShort(HttpHead head, long read, Route route) {}
            };
        }
    }

    @Test
    void aProxyThatLimitsOnlyBodiesOfDeclaredLengthIsCaught() {
        assertCaught(LimitsDeclaredBodiesOnly.class, "theLimitHoldsForBodiesOfUndeclaredLength");
    }

    static final class LimitsDeclaredBodiesOnly extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void requireShort(HttpHead head, long read, Route route) throws TooLong {
                    super.requireShort(head, 0, route);
                }
            };
        }
    }

    @Test
    void aProxyWithOneLimitForAllIsCaught() {
        assertCaught(HasOneLimit.class, "theLimitOfOneModuleIsNotThatOfItsNeighbour");
    }

    static final class HasOneLimit extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void requireShort(HttpHead head, long read, Route route) throws TooLong {
                    if (head.length() > 1000 || read > 1000) {
                        throw new TooLong();
                    }
                }
            };
        }
    }

    @Test
    void aProxyThatDoesNotMapAnswersBackIsCaught() {
        assertCaught(
                DoesNotMapBack.class,
                "redirectsOfTheModuleLeadBackToIt",
                "redirectsThatNameTheHostLeadBackToTheModule",
                "cookiesOfTheModuleStayWithIt");
    }

    static final class DoesNotMapBack extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                String mapped(String line, String prefix) {
                    return line;
                }
            };
        }
    }

    @Test
    void aProxyThatMapsTwiceIsCaught() {
        assertCaught(
                MapsTwice.class,
                "redirectsOfTheModuleLeadBackToIt",
                "redirectsThatNameTheHostLeadBackToTheModule",
                "cookiesOfTheModuleStayWithIt");
    }

    static final class MapsTwice extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                String mapped(String line, String prefix) {
                    return line.replaceFirst("(?i)^(location: |set-cookie: .*; *path=)/", "$1" + prefix + "/");
                }
            };
        }
    }

    @Test
    void aProxyThatShowsWhatIsMeantForProxiesIsCaught() {
        assertCaught(
                ShowsEverything.class,
                "aModuleCannotMakeTheProxyServeSomethingElse",
                "whatConcernsOneConnectionStaysThere",
                "securityHeadersStandOnceOnEveryAnswerOfTheModule");
    }

    static final class ShowsEverything extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean isPassedBack(String line) {
                    return true;
                }
            };
        }
    }
}
