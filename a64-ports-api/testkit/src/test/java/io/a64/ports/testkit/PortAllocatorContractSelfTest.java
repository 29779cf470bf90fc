package io.a64.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import io.a64.testkit.ContractRun;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The contract is worth what it catches: a correct allocator passes, and every planted fault fails by name. */
class PortAllocatorContractSelfTest {

    @Test
    void aCorrectAllocatorPasses() {
        ContractRun run = ContractRun.of(Correct.class);

        assertThat(run.failed()).isEmpty();
        assertThat(run.started()).isGreaterThan(30);
    }

    @Test
    void anAllocatorThatGivesOnePortTwiceIsCaught() {
        assertCaught(
                GivesOnePortTwice.class,
                "sixteenThreadsNeverGetOnePortTwice",
                "twoAllocatorsOnOneRegistryNeverGiveOnePortTwice",
                "anEmptyRegistryGivesTheLowestPortsFirst");
    }

    @Test
    void anAllocatorThatSeesOnlyItsOwnPortsIsCaught() {
        assertCaught(SeesOnlyItsOwnPorts.class, "twoAllocatorsOnOneRegistryNeverGiveOnePortTwice");
    }

    @Test
    void anAllocatorThatLosesAReleaseIsCaught() {
        assertCaught(LosesARelease.class, "aPortThatWasNeverBoundIsFreeAtOnce");
    }

    @Test
    void anAllocatorThatReleasesForAForeignOwnerIsCaught() {
        assertCaught(
                IgnoresTheOwner.class,
                "somebodyElseCanNeitherConfirmNorRenewNorRelease",
                "aLateReleaseDoesNotTouchTheSuccessor");
    }

    @Test
    void anAllocatorThatIgnoresTheCooldownIsCaught() {
        assertCaught(IgnoresTheCooldown.class, "aBoundPortThatIsReleasedRestsForTheCooldown");
    }

    @Test
    void anAllocatorThatNeverEndsACooldownIsCaught() {
        assertCaught(NeverEndsACooldown.class, "aRestedPortIsGivenOutAgain");
    }

    @Test
    void anAllocatorThatIgnoresTheLeaseIsCaught() {
        assertCaught(IgnoresTheLease.class, "aReservationThatIsNotConfirmedLapsesAfterTheLease");
    }

    @Test
    void anAllocatorThatLetsConfirmedPortsLapseIsCaught() {
        assertCaught(LetsConfirmedPortsLapse.class, "aConfirmedAllocationNeverLapses");
    }

    @Test
    void anAllocatorThatDoesNotRenewIsCaught() {
        assertCaught(DoesNotRenew.class, "aRenewedReservationLastsForAnotherLease");
    }

    @Test
    void anAllocatorThatConfirmsWhatIsLeftIsCaught() {
        assertCaught(ConfirmsWhatIsLeft.class, "anAllocationThatLostAPortCannotBeConfirmed");
    }

    @Test
    void anAllocatorThatHandsOutAReservedPortIsCaught() {
        assertCaught(HandsOutAReservedPort.class, "everyPortOfTheRangeIsGivenOutButNoReservedOneAndNoneOutside");
    }

    @Test
    void anAllocatorThatHandsOutAPortOutsideTheRangeIsCaught() {
        assertCaught(HandsOutAPortOutsideTheRange.class, "everyPortOfTheRangeIsGivenOutButNoReservedOneAndNoneOutside");
    }

    @Test
    void anAllocatorThatGivesAPartOnlyIsCaught() {
        assertCaught(GivesAPartOnly.class, "tooFewFreePortsGiveNoneAtAll");
    }

    @Test
    void anAllocatorThatForgetsWhatItGaveIsCaught() {
        assertCaught(ForgetsRequests.class, "theSameRequestGetsTheSamePortsWhileReservedAndWhenConfirmed");
    }

    private static void assertCaught(Class<?> broken, String... tests) {
        assertThat(ContractRun.of(broken).failed()).contains(tests);
    }

    abstract static class OnReference extends PortAllocatorContract {
        private final ReferenceRegistry registry = new ReferenceRegistry();

        @Override
        protected final PortAllocator open(PortAllocatorSetup setup) {
            return open(setup, registry);
        }

        abstract PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared);

        @Override
        protected final void passTime(Duration time) {
            registry.passTime(time);
        }
    }

    static final class Correct extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared);
        }
    }

    static final class GivesOnePortTwice extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isTaken(int port) {
                    return port != setup.range().first() && super.isTaken(port);
                }
            };
        }
    }

    static final class SeesOnlyItsOwnPorts extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                private final Set<Integer> given = new HashSet<>();

                @Override
                protected boolean isTaken(int port) {
                    return super.isTaken(port) && given.contains(port);
                }

                @Override
                public PortAllocation allocate(PortRequest request, Deadline deadline) {
                    synchronized (registry) {
                        PortAllocation allocation = super.allocate(request, deadline);
                        given.addAll(allocation.ports().values());
                        return allocation;
                    }
                }
            };
        }
    }

    static final class LosesARelease extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected void free(int port) {}
            };
        }
    }

    static final class IgnoresTheOwner extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isOwner(PortAllocation allocation, Hold hold) {
                    return true;
                }
            };
        }
    }

    static final class IgnoresTheCooldown extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean rests(PortUse use) {
                    return false;
                }
            };
        }
    }

    static final class NeverEndsACooldown extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isOver(Hold hold, Duration time) {
                    return hold.isHeld() && super.isOver(hold, time);
                }
            };
        }
    }

    static final class IgnoresTheLease extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean lapses(Hold hold) {
                    return false;
                }
            };
        }
    }

    static final class LetsConfirmedPortsLapse extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean lapses(Hold hold) {
                    return hold.isHeld() && isOver(hold, setup.lease());
                }
            };
        }
    }

    static final class DoesNotRenew extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected void change(Collection<Integer> ports, State state) {
                    if (state != State.RESERVED) {
                        super.change(ports, state);
                    }
                }
            };
        }
    }

    static final class ConfirmsWhatIsLeft extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean holdsAll(PortAllocation allocation, Predicate<Hold> condition) {
                    return allocation.ports().values().stream()
                            .map(registry.holds::get)
                            .anyMatch(hold -> hold != null && isOwner(allocation, hold) && condition.test(hold));
                }
            };
        }
    }

    static final class HandsOutAReservedPort extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isReserved(int port) {
                    return false;
                }
            };
        }
    }

    static final class HandsOutAPortOutsideTheRange extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            PortRange wider = new PortRange(setup.range().first(), setup.range().last() + 1);
            return new ReferenceAllocator(
                    new PortAllocatorSetup(wider, setup.reserved(), setup.lease(), setup.cooldown()), shared);
        }
    }

    static final class GivesAPartOnly extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isEnough(List<Integer> free, int wanted) {
                    return !free.isEmpty();
                }
            };
        }
    }

    static final class ForgetsRequests extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected Predicate<Hold> isOf(PortRequest request) {
                    return hold -> false;
                }
            };
        }
    }
}
