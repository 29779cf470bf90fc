package io.a64.ports;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ports set aside for a module that is not installed yet. The later installation gets exactly these.
 *
 * @param module the module
 * @param ports internal port to external port, sorted by internal port, unmodifiable
 * @param expiresAt when the ports are free again unless the module takes them, by the registry's clock
 */
public record PortReservation(String module, SortedMap<Integer, Integer> ports, Instant expiresAt) {

    public PortReservation {
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    }

    /** Creates a reservation from a map in any order. */
    public PortReservation(String module, Map<Integer, Integer> ports, Instant expiresAt) {
        this(module, new TreeMap<>(ports), expiresAt);
    }
}
