package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Faults about paths, each caught by name. */
final class RoutedPathsSelfTest {

    @Test
    void aProxyThatLosesTheQueryIsCaught() {
        assertCaught(
                LosesTheQuery.class,
                "pathAndQueryArriveWithThePrefixStripped",
                "theModuleOfAHostSeesTheWholePath",
                "rawPathsArriveByteForByte");
    }

    static final class LosesTheQuery extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                Optional<String> target(Route route, ReferenceRequest asked) {
                    return super.target(route, asked).map(target -> target.replaceFirst("\\?.*", ""));
                }
            };
        }
    }

    @Test
    void aProxyThatDecodesThePathIsCaught() {
        assertCaught(DecodesThePath.class, "whatIsEncodedArrivesEncoded", "aPathCannotSmuggleAHeader");
    }

    static final class DecodesThePath extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                Optional<String> target(Route route, ReferenceRequest asked) {
                    return Optional.of(
                            asked.path().substring(route.match().path().length() - 1) + asked.query());
                }
            };
        }
    }

    @Test
    void aProxyThatDropsTheRawPathIsCaught() {
        assertCaught(
                DropsTheRawPath.class,
                "rawPathsArriveByteForByte",
                "rawPathsHaveNoDotSegments",
                "rawPathsBeginWithThePrefix",
                "aHostWithRawPathsPassesThemByteForByte");
    }

    static final class DropsTheRawPath extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                Optional<String> target(Route route, ReferenceRequest asked) {
                    int prefix = route.match().path().length() - 1;
                    return Optional.of(ReferenceRequest.encoded(asked.path().substring(prefix)) + asked.query());
                }
            };
        }
    }

    @Test
    void aProxyThatTakesEveryRawPathIsCaught() {
        assertCaught(TakesEveryRawPath.class, "rawPathsHaveNoDotSegments", "rawPathsBeginWithThePrefix");
    }

    static final class TakesEveryRawPath extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean isSafe(Route route, ReferenceRequest asked) {
                    return true;
                }
            };
        }
    }

    @Test
    void aProxyThatSendsTheRawPathUnaskedIsCaught() {
        assertCaught(
                SendsTheRawPath.class,
                "anEncodedSlashIsASlash",
                "slashesAreMerged",
                "dotSegmentsAreResolved",
                "thePrefixIsFoundInTheNormalisedPath");
    }

    static final class SendsTheRawPath extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                Optional<String> target(Route route, ReferenceRequest asked) {
                    return Optional.of(
                            asked.rawPath().substring(route.match().path().length() - 1) + asked.query());
                }
            };
        }
    }

    @Test
    void aProxyThatMatchesHalfSegmentsIsCaught() {
        assertCaught(
                MatchesHalfSegments.class,
                "pathsThatOnlyLookAlikeAreNotFound",
                "aLongerSegmentIsNotFound",
                "aLineFeedAfterThePrefixIsNotFound");
    }

    static final class MatchesHalfSegments extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean matches(Route route, String path) {
                    String prefix = route.match().path();
                    return path.startsWith(prefix.substring(0, prefix.length() - 1));
                }
            };
        }
    }

    @Test
    void aProxyThatServesTheShortestPrefixIsCaught() {
        assertCaught(
                ServesTheShortestPrefix.class,
                "theLongestPrefixIsServed",
                "theLongestPrefixOfAHostIsServed",
                "theBackEndGetsWhatIsBelowItsPrefixAndSeesIt");
    }

    static final class ServesTheShortestPrefix extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                int rank(Route route) {
                    return -super.rank(route);
                }
            };
        }
    }

    @Test
    void aProxyThatChoosesByThePathAsItCameIsCaught() {
        assertCaught(
                ChoosesByTheRawPath.class,
                "thePrefixIsFoundInTheNormalisedPath",
                "aPathThatLeavesItsPrefixIsServedByTheOtherModulesRules",
                "noFormOfAPathLeadsPastTheModuleThatItMeans");
    }

    static final class ChoosesByTheRawPath extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                Optional<Route> choose(List<Route> among, ReferenceRequest asked) {
                    return super.choose(among, asked.withPath(asked.rawPath()));
                }
            };
        }
    }

    @Test
    void aProxyThatServesThePathWithoutItsFinalSlashIsCaught() {
        assertCaught(DoesNotRedirect.class, "thePathWithoutItsFinalSlashIsRedirectedForAnyMethod");
    }

    static final class DoesNotRedirect extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean lacksSlash(ReferenceRequest asked) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatKeepsHealthForItselfIsCaught() {
        assertCaught(
                AnswersHealthItself.class,
                "healthIsAPathLikeOthersToTheModule",
                "theModuleOfAHostSeesTheWholePath",
                "aProofAsksTheModuleForItsHealthAndTakesAnyAnswer");
    }

    static final class AnswersHealthItself extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean answersHealth(ReferenceRequest asked) {
                    return asked.path().contains("/health");
                }
            };
        }
    }
}
