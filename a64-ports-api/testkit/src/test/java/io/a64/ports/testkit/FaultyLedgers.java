package io.a64.ports.testkit;

import io.a64.ports.PortAllocation;
import io.a64.ports.PortTenure;
import io.a64.ports.event.PortEvent;
import io.a64.ports.event.PortListener;
import io.a64.ports.spi.PortAllocator;
import io.a64.ports.testkit.ReferenceRegistry.Hold;
import io.a64.ports.testkit.ReferenceSpace.Area;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Ledgers with planted faults, each as a contract test that must fail, and correct ones. */
final class FaultyLedgers {
    private FaultyLedgers() {}

    /** On a registry of its own per test. */
    abstract static class OnReference extends PortLedgerContract {
        private final ReferenceRegistry registry = new ReferenceRegistry();

        @Override
        protected final PortAllocator open(PortAllocatorSetup setup) {
            return new ReferenceAllocator(setup, registry) {
                @Override
                protected ReferenceLedger newLedger() {
                    return faulty(this);
                }
            };
        }

        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator);
        }

        @Override
        protected final void passTime(Duration time) {
            registry.passTime(time);
        }
    }

    static final class Correct extends OnReference {}

    static final class ListsReservations extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected boolean isListed(Hold hold) {
                    return hold.isHeld();
                }
            };
        }
    }

    static final class ListsOnePortPerOwner extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected PortAllocation joined(PortAllocation one, PortAllocation other) {
                    return one;
                }
            };
        }
    }

    static final class ForgetsThePast extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected List<PortTenure> past() {
                    return List.of();
                }
            };
        }
    }

    static final class RemembersTooFew extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected List<PortTenure> past() {
                    List<PortTenure> past = super.past();
                    return past.subList(Math.max(0, past.size() - 15), past.size());
                }
            };
        }
    }

    static final class GivesOneReasonForAll extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected List<PortTenure> past() {
                    return super.past().stream()
                            .map(tenure -> new PortTenure(
                                    tenure.port(),
                                    tenure.module(),
                                    tenure.internalPort(),
                                    tenure.generation(),
                                    tenure.from(),
                                    tenure.to(),
                                    Optional.of("released")))
                            .toList();
                }
            };
        }
    }

    static final class SortsByTimeAlone extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected Comparator<PortTenure> order() {
                    return Comparator.comparing(PortTenure::from);
                }
            };
        }
    }

    static final class CountsWhatIsReleasedAsGrowth extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected long held(List<PortTenure> tenures, Instant moment) {
                    return tenures.stream()
                            .filter(tenure -> tenure.from().isBefore(moment))
                            .count();
                }
            };
        }
    }

    static final class FillsTheWholeRange extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected int left(Area area) {
                    return area.ports().size();
                }
            };
        }
    }

    static final class ForetellsFromTheFirstMinute extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected boolean isTooYoung(Duration observed) {
                    return observed.isZero();
                }
            };
        }
    }

    static final class ForetellsWithoutGrowth extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected Optional<Duration> fullIn(Area area, double perDay) {
                    return super.fullIn(area, Math.max(perDay, 1));
                }
            };
        }
    }

    static final class LetsListenersDoHarm extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                protected void tell(PortListener listener, PortEvent event) {
                    listener.onEvent(event);
                }
            };
        }
    }

    static final class NeverForgetsAListener extends OnReference {
        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                public void removeListener(PortListener listener) {}
            };
        }
    }

    static final class TellsListenersOfOtherHosts extends OnReference {
        private final Map<ReferenceRegistry, List<PortListener>> all = new ConcurrentHashMap<>();

        @Override
        ReferenceLedger faulty(ReferenceAllocator allocator) {
            return new ReferenceLedger(allocator) {
                @Override
                public void addListener(PortListener listener) {
                    listeners().add(listener);
                }

                @Override
                protected void emit(PortEvent event) {
                    listeners().forEach(listener -> tell(listener, event));
                }

                private List<PortListener> listeners() {
                    return all.computeIfAbsent(registry, any -> new CopyOnWriteArrayList<>());
                }
            };
        }
    }
}
