package io.a64.ports;

import io.a64.InvalidInputException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the external ports of a request are to come from. */
public sealed interface PortSource {

    /** Returns the source that the allocator's settings assign to the module: its family's pool, or the general range. */
    static PortSource assigned() {
        return new Assigned();
    }

    /** Returns a pool by its name. */
    static PortSource pool(String name) {
        return new Pool(name);
    }

    /** Returns that part of the general range, and of what it expands into, which lies in the given range. */
    static PortSource within(PortRange range) {
        return new Within(range);
    }

    /** Returns exactly these external ports, each for its internal one. */
    static PortSource exactly(Map<Integer, Integer> ports) {
        return new Exactly(new TreeMap<>(ports));
    }

    /** What the allocator's settings assign to the module. */
    record Assigned() implements PortSource {}

    /**
     * A pool.
     *
     * @param name its name in the allocator's settings
     */
    record Pool(String name) implements PortSource {}

    /**
     * A part of the general range.
     *
     * @param range its bounds
     */
    record Within(PortRange range) implements PortSource {}

    /**
     * Certain ports and no others.
     *
     * @param ports internal port to external port, unmodifiable, no external port twice
     */
    record Exactly(SortedMap<Integer, Integer> ports) implements PortSource {

        public Exactly {
            ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
            if (new HashSet<>(ports.values()).size() < ports.size()) {
                throw new InvalidInputException("ports", ports, "name no external port twice");
            }
        }
    }
}
