package io.a64.proxy.testkit;

import static io.a64.proxy.testkit.OnReference.assertCaught;

import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Faults about limits, each caught by name. */
final class RoutedLimitsSelfTest {

    @Test
    void aProxyThatIgnoresTheRateIsCaught() {
        assertCaught(
                IgnoresTheRate.class,
                "aBurstPassesUndelayedAndWhatComesAfterItIsRefused",
                "aHostHasARateLimitToo",
                "securityHeadersStandOnARefusalByRate");
    }

    static final class IgnoresTheRate extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isHasty(RateLimit limit, String key) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatAllowsNoBurstIsCaught() {
        assertCaught(AllowsNoBurst.class, "aBurstPassesUndelayedAndWhatComesAfterItIsRefused", "aHostHasARateLimitToo");
    }

    static final class AllowsNoBurst extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isHasty(RateLimit limit, String key) {
                    return super.isHasty(new RateLimit(limit.requestsPerSecond(), 0), key);
                }
            };
        }
    }

    @Test
    void aProxyThatNeverForgivesIsCaught() {
        assertCaught(
                NeverForgives.class,
                "aClientThatWasRefusedMayAskAgainLater",
                "twoModulesWithTheSameRateAreCountedApart");
    }

    static final class NeverForgives extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                private final AtomicInteger asked = new AtomicInteger();

                @Override
                boolean isHasty(RateLimit limit, String key) {
                    return asked.getAndIncrement() > limit.burst();
                }
            };
        }
    }

    @Test
    void aProxyThatCountsAllModulesTogetherIsCaught() {
        assertCaught(CountsTogether.class, "twoModulesWithTheSameRateAreCountedApart");
    }

    static final class CountsTogether extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                String key(Route route, ReferenceRequest asked) {
                    return asked.peer().toString();
                }
            };
        }
    }

    @Test
    void aProxyThatLimitsTheHealthPathIsCaught() {
        assertCaught(
                LimitsHealth.class,
                "aRateLimitLeavesTheHealthPathAlone",
                "aConnectionLimitLeavesTheHealthPathAndOtherModulesAlone");
    }

    static final class LimitsHealth extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isExempt(Route route, ReferenceRequest asked) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatIgnoresTheConnectionLimitIsCaught() {
        assertCaught(
                IgnoresConnections.class,
                "whatIsUnderWayCountsAgainstTheConnectionLimit",
                "securityHeadersStandOnARefusalByConnections");
    }

    static final class IgnoresConnections extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                @Override
                boolean isCrowded(Route route, int now) {
                    return false;
                }
            };
        }
    }

    @Test
    void aProxyThatCountsWhatHasEndedIsCaught() {
        assertCaught(CountsWhatHasEnded.class, "whatHasEndedDoesNotCountAgainstTheConnectionLimit");
    }

    static final class CountsWhatHasEnded extends OnReference {
        @Override
        ReferenceGuards guards() {
            return new ReferenceGuards() {
                private final AtomicInteger all = new AtomicInteger();

                @Override
                boolean isCrowded(Route route, int now) {
                    return all.incrementAndGet()
                            > route.options().connectionLimit().orElse(Integer.MAX_VALUE);
                }
            };
        }
    }
}
