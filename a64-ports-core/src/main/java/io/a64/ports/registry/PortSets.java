package io.a64.ports.registry;

import io.a64.ports.PortRange;
import java.util.BitSet;
import java.util.Collection;

/** Sets of ports as bits. */
final class PortSets {
    private PortSets() {}

    static BitSet of(Collection<PortRange> ranges) {
        BitSet ports = new BitSet();
        ranges.forEach(range -> ports.set(range.first(), range.last() + 1));
        return ports;
    }

    static BitSet without(BitSet ports, BitSet others) {
        BitSet left = (BitSet) ports.clone();
        left.andNot(others);
        return left;
    }

    static BitSet common(BitSet ports, BitSet others) {
        BitSet both = (BitSet) ports.clone();
        both.and(others);
        return both;
    }
}
