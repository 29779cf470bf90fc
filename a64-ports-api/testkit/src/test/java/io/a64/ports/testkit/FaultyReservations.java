package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.ports.AllocatedPort;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortRequest;
import io.a64.ports.PortReservation;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceRegistry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reservations with planted faults, each as a contract test that must fail, and correct ones. */
final class FaultyReservations {
    private FaultyReservations() {}

    /** On a registry of its own per test. */
    abstract static class OnReference extends PortReservationsContract {
        private final ReferenceRegistry registry = new ReferenceRegistry();

        @Override
        protected final PortAllocator open(PortAllocatorSetup setup) {
            return open(setup, registry);
        }

        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected ReferenceReservations newReservations() {
                    return faulty(this);
                }
            };
        }

        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator);
        }

        @Override
        protected final void passTime(Duration time) {
            registry.passTime(time);
        }
    }

    static final class Correct extends OnReference {}

    static final class DoesNotTakeOver extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                void takeOver(PortRequest request, Map<Integer, Integer> ports) {}
            };
        }
    }

    static final class TakesOverOnePortOnly extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                void takeOver(PortRequest request, Map<Integer, Integer> ports) {
                    PortRequest first = new PortRequest(
                            request.module(),
                            request.generation(),
                            request.owner(),
                            request.internalPorts().subList(0, 1));
                    super.takeOver(first, ports);
                }
            };
        }
    }

    static final class KeepsTheSurplus extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected void freeSurplus(int port) {}
            };
        }
    }

    static final class IgnoresTheGeneration extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected boolean isFor(PortRequest request, Hold promise) {
                    return promise.request().module().equals(request.module());
                }
            };
        }
    }

    static final class DoesNotExtend extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected Optional<PortReservation> changeEnd(String module, Instant end) {
                    return list(soon()).stream()
                            .filter(reservation -> reservation.module().equals(module))
                            .findFirst();
                }
            };
        }
    }

    static final class AcceptsAnyTime extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected void requireTime(Duration ttl) {}
            };
        }
    }

    static final class ReservesForModulesThatHoldPorts extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected boolean isSameModule(PortRequest request, Hold hold) {
                    return false;
                }
            };
        }
    }

    static final class ReservesForOtherInternalPorts extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected boolean isSame(Set<Integer> reserved, PortRequest request) {
                    return true;
                }
            };
        }
    }

    static final class CancelsTheDeploymentToo extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                protected Predicate<Hold> isReservationOf(String module) {
                    return hold -> hold.request().module().equals(module);
                }
            };
        }
    }

    static final class ListsInAnyOrder extends OnReference {
        @Override
        ReferenceReservations faulty(ReferenceAllocator allocator) {
            return new ReferenceReservations(allocator) {
                @Override
                public List<PortReservation> list(Deadline deadline) {
                    List<PortReservation> reservations = new ArrayList<>(super.list(deadline));
                    Collections.reverse(reservations);
                    return reservations;
                }
            };
        }
    }

    static final class NeverExpires extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isOver(Hold hold, Duration time) {
                    return !hold.isPromise() && super.isOver(hold, time);
                }
            };
        }
    }

    static final class GivesReservedPortsToOthers extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isTaken(int port) {
                    return Optional.ofNullable(registry.holds.get(port))
                            .filter(hold -> !hold.isPromise())
                            .isPresent();
                }
            };
        }
    }

    static final class ForgetsAfterAFailure extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected Optional<Hold> remaining(Hold hold) {
                    return Optional.empty();
                }
            };
        }
    }

    static final class ReservesAgainAlthoughExpired extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected Optional<Hold> remaining(Hold hold) {
                    return hold.promise().map(promise -> promise.in(State.PROMISED, registry.now.plus(setup.lease())));
                }
            };
        }
    }

    static final class ListsReservedPortsAsAllocated extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected List<AllocatedPort> allocations() {
                    List<AllocatedPort> allocated = new ArrayList<>();
                    registry.holds.forEach((port, hold) -> allocated.add(allocated(port, hold)));
                    return allocated;
                }
            };
        }
    }

    static final class ReservesAPart extends OnReference {
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

    static final class ConfirmsForAnybody extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean holdsAll(PortAllocation allocation, Predicate<Hold> condition) {
                    return allocation.ports().values().stream().allMatch(registry.holds::containsKey);
                }
            };
        }
    }
}
