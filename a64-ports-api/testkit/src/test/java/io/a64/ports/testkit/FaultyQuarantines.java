package io.a64.ports.testkit;

import io.a64.Deadline;
import io.a64.ports.PortAllocation;
import io.a64.ports.PortUse;
import io.a64.ports.spi.PortAllocator;
import java.util.Map;
import java.util.stream.Collectors;

/** Allocators whose quarantine has a planted fault, and one that has none and says so. */
final class FaultyQuarantines {
    private FaultyQuarantines() {}

    static class HasNoQuarantine extends FaultyAllocators.OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                public boolean quarantine(PortAllocation allocation, Map<Integer, String> evidence, Deadline deadline) {
                    return release(allocation.only(evidence.keySet()), PortUse.WAS_BOUND, deadline);
                }
            };
        }
    }

    static final class SaysThatItHasNoQuarantine extends HasNoQuarantine {
        @Override
        protected boolean hasQuarantine() {
            return false;
        }
    }

    static final class QuarantinesTheWholeAllocation extends FaultyAllocators.OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected PortAllocation named(PortAllocation allocation, Map<Integer, String> evidence) {
                    return allocation;
                }
            };
        }
    }

    static final class QuarantinesByEvidence extends FaultyAllocators.OnReference {
        @Override
        PortAllocator open(PortAllocatorSetup setup, ReferenceRegistry shared) {
            return new ReferenceAllocator(setup, shared) {
                @Override
                protected PortAllocation named(PortAllocation allocation, Map<Integer, String> evidence) {
                    return new PortAllocation(
                            allocation.module(),
                            allocation.generation(),
                            allocation.owner(),
                            evidence.keySet().stream().collect(Collectors.toMap(port -> port, port -> port)));
                }
            };
        }
    }
}
