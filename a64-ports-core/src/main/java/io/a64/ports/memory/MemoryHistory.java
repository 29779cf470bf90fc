package io.a64.ports.memory;

import io.a64.ports.PortTenure;
import io.a64.ports.registry.PortEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who held which port, the latest few per port. Guarded by the store. */
final class MemoryHistory {
    private final Map<Integer, Deque<PortTenure>> ended = new HashMap<>();

    void ended(PortEntry entry, Instant to, String reason) {
        Deque<PortTenure> tenures = ended.computeIfAbsent(entry.port(), any -> new ArrayDeque<>());
        tenures.addLast(tenure(entry, Optional.of(to), Optional.of(reason)));
        if (tenures.size() > PortEntry.REMEMBERED_TENURES) {
            tenures.removeFirst();
        }
    }

    /** Returns everything that is remembered, and what lasts still. */
    List<PortTenure> with(List<PortEntry> held) {
        List<PortTenure> all = new ArrayList<>();
        ended.values().forEach(all::addAll);
        held.forEach(entry -> all.add(tenure(entry, Optional.empty(), Optional.empty())));
        return all;
    }

    private static PortTenure tenure(PortEntry entry, Optional<Instant> to, Optional<String> reason) {
        return new PortTenure(
                entry.port(),
                entry.module(),
                entry.internalPort(),
                entry.generation(),
                entry.allocatedAt(),
                to,
                reason);
    }
}
