package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Faults about hosts, each caught by name. */
final class RoutedHostsSelfTest {

    @Test
    void aProxyThatServesTheFirstModuleForAnUnknownHostIsCaught() {
        assertCaught(
                ServesTheFirst.class,
                "anUnknownHostIsRefused",
                "aRemovedHostIsUnknownAndItsSiblingIsServed",
                "everyHostOfAPortAndEveryPortOfAHostHasItsOwnModule");
    }

    static final class ServesTheFirst extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                Optional<Route> choose(List<Route> among, ReferenceRequest asked) {
                    return super.choose(among, asked)
                            .or(() -> among.stream()
                                    .filter(route -> isPublic(asked))
                                    .findFirst());
                }
            };
        }
    }

    @Test
    void aProxyThatMatchesPartsOfAHostIsCaught() {
        assertCaught(MatchesPartsOfAHost.class, "anUnknownHostIsRefused");
    }

    static final class MatchesPartsOfAHost extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean knows(HostMatch match, ReferenceRequest asked) {
                    return asked.host().contains(match.host());
                }
            };
        }
    }

    @Test
    void aProxyThatMindsTheCaseOfAHostIsCaught() {
        assertCaught(MindsTheCase.class, "theCaseOfAHostDoesNotMatter", "theHostOfTheRequestLineCounts");
    }

    static final class MindsTheCase extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean knows(HostMatch match, ReferenceRequest asked) {
                    return asked.head().header("host").get(0).startsWith(match.host());
                }
            };
        }
    }

    @Test
    void aProxyThatPassesTheHostHeaderOnIsCaught() {
        assertCaught(
                PassesTheHostHeaderOn.class, "theHostOfTheRequestLineCounts", "aPathRouteSeesTheHostOfTheRequestLine");
    }

    static final class PassesTheHostHeaderOn extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                String host(ReferenceRequest asked) {
                    return asked.head().header("host").get(0);
                }
            };
        }
    }

    @Test
    void aProxyThatLeavesTheHealthOfAPortToAModuleIsCaught() {
        assertCaught(
                LeavesHealthToAModule.class,
                "theProxyAnswersForTheHealthOfAPublicPortWhateverTheHost",
                "aHostHasARateLimitToo",
                "aHostHasAListToo");
    }

    static final class LeavesHealthToAModule extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                boolean answersHealth(ReferenceRequest asked) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatStripsThePrefixOfAHostIsCaught() {
        assertCaught(
                StripsThePrefix.class, "theBackEndGetsWhatIsBelowItsPrefixAndSeesIt", "aHostIsProvenThroughItsPrefix");
    }

    static final class StripsThePrefix extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                Optional<String> target(Route route, ReferenceRequest asked) {
                    return super.target(route, asked)
                            .map(target -> target.substring(
                                    target.startsWith(route.match().path())
                                            ? route.match().path().length() - 1
                                            : 0));
                }
            };
        }
    }

    @Test
    void aProxyThatServesHostsOnThePathListenerIsCaught() {
        assertCaught(MixesHostsAndPaths.class, "hostsAndPathsDoNotMix");
    }

    static final class MixesHostsAndPaths extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                Optional<Route> choose(List<Route> among, ReferenceRequest asked) {
                    return among.stream()
                            .filter(route -> matches(route, asked.path()))
                            .filter(route -> !(route.match() instanceof HostMatch match) || knows(match, asked))
                            .max(Comparator.comparingInt(this::rank));
                }
            };
        }
    }

    @Test
    void aProxyThatDoesNotTellPortsApartIsCaught() {
        assertCaught(MixesPorts.class, "everyHostOfAPortAndEveryPortOfAHostHasItsOwnModule");
    }

    static final class MixesPorts extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                Optional<Route> choose(List<Route> among, ReferenceRequest asked) {
                    return among.stream()
                            .filter(route -> matches(route, asked.path()))
                            .filter(route -> route.match() instanceof HostMatch match && knows(match, asked))
                            .findFirst();
                }
            };
        }
    }

    @Test
    void aProxyThatMapsAnswersOfAHostIsCaught() {
        assertCaught(MapsAnswersOfHosts.class, "redirectsAndCookiesOfAHostAreLeftAlone");
    }

    static final class MapsAnswersOfHosts extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean isMapped(Route route) {
                    return true;
                }

                @Override
                String mapped(String line, String prefix) {
                    return line.replaceFirst("(?i)^(location: |set-cookie: .*path=)/", "$1/app.localhost/");
                }
            };
        }
    }

    @Test
    void aProxyThatKeepsQuietAboutAPortThatIsTakenIsCaught() {
        assertCaught(HidesTakenPorts.class, "aPortThatAnotherProgramHoldsIsRefused");
    }

    static final class HidesTakenPorts extends OnReference {
        @Override
        ReferenceProxy proxy() {
            return new ReferenceProxy() {
                @Override
                void refuse(Route route, IOException why) {}
            };
        }
    }

    @Test
    void aProxyThatNamesAPrefixForHostsIsCaught() {
        assertCaught(NamesAPrefixForHosts.class, "whatIsForwardedNamesTheHostAndThePublicPort");
    }

    static final class NamesAPrefixForHosts extends OnReference {
        @Override
        ReferenceMessages messages() {
            return new ReferenceMessages() {
                @Override
                boolean isMapped(Route route) {
                    return true;
                }
            };
        }
    }
}
