package io.a64.ports.registry;

import io.a64.ports.PortRange;
import java.util.BitSet;
import java.util.List;

/**
 * A part of the port space: what is handed out first, and what it expands into. Immutable; its sets must not be
 * changed.
 *
 * @param name the pool it belongs to
 * @param ranges the ranges that are used first
 * @param expansion the ranges that are used when nothing is left there
 * @param first the ports of the ranges
 * @param further the ports of the expansion, without those of the ranges
 */
record PortArea(String name, List<PortRange> ranges, List<PortRange> expansion, BitSet first, BitSet further) {

    static PortArea of(String name, List<PortRange> ranges, List<PortRange> expansion, BitSet excluded) {
        BitSet first = PortSets.without(PortSets.of(ranges), excluded);
        BitSet further = PortSets.without(PortSets.without(PortSets.of(expansion), excluded), first);
        return new PortArea(name, List.copyOf(ranges), List.copyOf(expansion), first, further);
    }

    /** Returns what is used one after the other; a set is empty if there is nothing of its kind. */
    List<BitSet> tiers() {
        return List.of(first, further);
    }

    /** Returns all its ports, as a set that the caller may change. */
    BitSet all() {
        BitSet all = (BitSet) first.clone();
        all.or(further);
        return all;
    }

    int size() {
        return first.cardinality() + further.cardinality();
    }

    boolean contains(int port) {
        return first.get(port) || further.get(port);
    }

    /** Returns that part which lies in the range. */
    PortArea within(PortRange range) {
        BitSet bounds = PortSets.of(List.of(range));
        return new PortArea(
                name, List.of(range), List.of(), PortSets.common(first, bounds), PortSets.common(further, bounds));
    }
}
