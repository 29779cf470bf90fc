package io.a64.ports.registry;

import io.a64.ports.PoolStatistics;
import io.a64.ports.registry.PortEntry.State;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is taken and what is left of an area. */
final class Counts {
    private Counts() {}

    /** Returns the counts of an area; what is not among the entries is available. */
    static PoolStatistics of(PortArea area, Collection<PortEntry> entries) {
        List<PortEntry> inside =
                entries.stream().filter(entry -> area.contains(entry.port())).toList();
        Map<State, Integer> states = byState(inside);
        return new PoolStatistics(
                area.name(),
                area.ranges(),
                area.expansion(),
                area.size(),
                area.size() - inside.size(),
                count(states, State.RESERVED) + count(states, State.BOUND),
                count(states, State.PROMISED),
                count(states, State.COOLING),
                count(states, State.QUARANTINED));
    }

    static Map<State, Integer> byState(Collection<PortEntry> entries) {
        Map<State, Integer> states = new EnumMap<>(State.class);
        entries.forEach(entry -> states.merge(entry.state(), 1, Integer::sum));
        return states;
    }

    static int count(Map<State, Integer> states, State state) {
        return states.getOrDefault(state, 0);
    }
}
