package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.ports.PoolStatistics;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Allocators with planted faults, each as a contract test that must fail, and correct ones. */
final class FaultyAllocators {
    private FaultyAllocators() {}

    /** On a registry of its own per test. */
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
            return new ReferenceAllocator(setup.reserving(), shared);
        }
    }

    static final class HandsOutAPortOutsideTheRange extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            PortRange wider = new PortRange(setup.range().first(), setup.range().last() + 1);
            return new ReferenceAllocator(setup.from(wider), shared);
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

    static final class IgnoresTheGeneration extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isOwner(PortAllocation allocation, Hold hold) {
                    return hold.request().owner().equals(allocation.owner());
                }
            };
        }
    }

    static final class IgnoresTheSource extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                public PortAllocation allocate(PortRequest request, Deadline deadline) {
                    return super.allocate(
                            new PortRequest(
                                    request.module(), request.generation(), request.owner(), request.internalPorts()),
                            deadline);
                }
            };
        }
    }

    static final class CountsQuarantinedPortsAsFree extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected PoolStatistics count(ReferenceSpace.Area area) {
                    PoolStatistics counts = super.count(area);
                    return new PoolStatistics(
                            counts.name(),
                            counts.ranges(),
                            counts.expansion(),
                            counts.size(),
                            counts.available() + counts.quarantined(),
                            counts.allocated(),
                            counts.reserved(),
                            counts.cooling(),
                            counts.quarantined());
                }
            };
        }
    }
}
