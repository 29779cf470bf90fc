package io.a64.ports.testkit;

import io.a64.ports.PoolStatistics;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortException;
import io.a64.ports.PortPool;
import io.a64.ports.PortRange;
import io.a64.ports.PortRequest;
import io.a64.ports.event.PortEvent;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceSpace.Area;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Allocators whose pools have planted faults, each as a contract test that must fail, and correct ones. */
final class FaultyPools {
    private FaultyPools() {}

    /** On a registry of its own per test. */
    abstract static class OnReference extends PortPoolsContract {
        private final ReferenceRegistry registry = new ReferenceRegistry();

        @Override
        protected final PortAllocator open(PortAllocatorSetup setup) {
            return open(setup, registry);
        }

        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected ReferenceSpace space() {
                    return faulty(setup);
                }
            };
        }

        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup);
        }

        @Override
        protected final void passTime(Duration time) {
            registry.passTime(time);
        }
    }

    static final class Correct extends OnReference {}

    static final class LetsTheGeneralRangeTakeFromPools extends OnReference {
        @Override
        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup) {
                @Override
                protected List<PortRange> apart() {
                    return neverHandedOut();
                }
            };
        }
    }

    static final class IgnoresFamilies extends OnReference {
        @Override
        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup) {
                @Override
                protected boolean isFor(PortPool pool, String module) {
                    return false;
                }
            };
        }
    }

    static final class TakesNamesForBeginnings extends OnReference {
        @Override
        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup) {
                @Override
                protected boolean isFor(PortPool pool, String module) {
                    return pool.modules().stream().anyMatch(name -> module.startsWith(name.replace("*", "")));
                }
            };
        }
    }

    static final class LeavesTheGivenPart extends OnReference {
        @Override
        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup) {
                @Override
                protected Area within(PortRange range) {
                    super.within(range);
                    return areas().get(0);
                }
            };
        }
    }

    static final class HandsOutReservedPortsOfPools extends OnReference {
        @Override
        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup) {
                @Override
                protected List<PortRange> neverHandedOut() {
                    return List.of();
                }
            };
        }
    }

    static final class ExpandsTooEarly extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected List<Integer> freePorts(Area area) {
                    return super.freePorts(area).stream().sorted().toList();
                }
            };
        }
    }

    static final class NeverExpands extends OnReference {
        @Override
        ReferenceSpace faulty(PortAllocatorSetup setup) {
            return new ReferenceSpace(setup.expandingInto());
        }
    }

    static final class TellsEveryPortOfAnExpansion extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected void noteTaken(Area area, int port) {
                    if (area.further().contains(port)) {
                        ledger.emit(new PortEvent.PoolExpanded(area.name(), port, area.expansion()));
                    }
                }
            };
        }
    }

    static final class GivesPortsOfOverlappingPoolsTwice extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected List<Integer> freePorts(Area area) {
                    return area.ports().stream()
                            .filter(port -> Optional.ofNullable(registry.holds.get(port))
                                    .filter(hold ->
                                            areaOf(hold.request()).name().equals(area.name()))
                                    .isEmpty())
                            .toList();
                }
            };
        }
    }

    static final class GrantsExactPortsThatRest extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isTaken(int port) {
                    return Optional.ofNullable(registry.holds.get(port))
                            .filter(Hold::isHeld)
                            .isPresent();
                }
            };
        }
    }

    static final class GrantsExactPortsThatAreHeld extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected void refuse(PortRequest request, int port, List<Integer> missing) {}
            };
        }
    }

    static final class JudgesExactPortsByWhatItSawFirst extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            List<Integer> seen = List.copyOf(shared.holds.keySet());
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean isTaken(int port) {
                    return seen.contains(port) || super.isTaken(port);
                }
            };
        }
    }

    static final class ForgetsWhatLiesOutside extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected boolean holdsAll(PortAllocation allocation, Predicate<Hold> condition) {
                    return super.holdsAll(allocation, condition)
                            && allocation.ports().values().stream()
                                    .allMatch(port -> areas().stream()
                                            .anyMatch(area -> area.ports().contains(port)));
                }
            };
        }
    }

    static final class DoesNotSayWhichPoolIsExhausted extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected PortException exhausted(Area area, int wanted) {
                    return PortException.exhausted(setup.range(), wanted, 0, 0, 0);
                }
            };
        }
    }

    static final class CountsCoolingPortsAsAvailable extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected PoolStatistics count(Area area) {
                    PoolStatistics counts = super.count(area);
                    return new PoolStatistics(
                            counts.name(),
                            counts.ranges(),
                            counts.expansion(),
                            counts.size(),
                            counts.available() + counts.cooling(),
                            counts.allocated(),
                            counts.reserved(),
                            counts.cooling(),
                            counts.quarantined());
                }
            };
        }
    }

    static final class NeverSpreads extends OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected List<Integer> freePorts(Area area) {
                    return Stream.of(area.first(), area.further())
                            .flatMap(ports -> ports.stream())
                            .filter(port -> !isTaken(port))
                            .toList();
                }
            };
        }
    }
}
