package io.a64.ports.registry;

import io.a64.ports.PortRange;
import java.util.BitSet;
import java.util.Collection;

/** The ports that may be handed out: a range without the reserved ones. Immutable. */
public final class PortPool {
    private final PortRange range;
    private final BitSet ports = new BitSet();
    private final int size;

    PortPool(PortRange range, Collection<PortRange> reserved) {
        this.range = range;
        range.without(reserved).forEach(ports::set);
        size = ports.cardinality();
    }

    /** Returns the range that the pool is part of. */
    public PortRange range() {
        return range;
    }

    /** Returns whether the port may be handed out. */
    public boolean contains(int port) {
        return ports.get(port);
    }

    /** Returns how many ports may be handed out. */
    public int size() {
        return size;
    }

    /** Returns the ports as a set that the caller may change. */
    public BitSet toBitSet() {
        return (BitSet) ports.clone();
    }
}
