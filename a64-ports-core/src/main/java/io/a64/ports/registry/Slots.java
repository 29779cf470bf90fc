package io.a64.ports.registry;

import io.a64.ports.PortRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The slots of a request, one per internal port. A slot of a module's generation is held at most once, and who holds
 * slot 0 holds the generation: two owners that want the same generation always meet there, even if they name different
 * ports. A reservation holds slot 0 alone, by one of its ports; whoever takes the reservation over keeps slot 0 there, and
 * leaves the slots of its other ports to it if he fails.
 */
public final class Slots {
    private final Map<Integer, String> keys = new HashMap<>();
    private final String first;

    private Slots(PortRequest request, Map<Integer, String> given) {
        first = key(request, 0);
        keys.putAll(given);
        keys.keySet().retainAll(request.internalPorts());
        int number = 0;
        for (int internalPort : new TreeSet<>(request.internalPorts())) {
            while (!keys.containsKey(internalPort)) {
                String key = key(request, number);
                if (keys.containsValue(key)) {
                    number++;
                } else {
                    keys.put(internalPort, key);
                }
            }
        }
    }

    /** Returns the slots by ascending internal port. */
    static Slots of(PortRequest request) {
        return new Slots(request, Map.of());
    }

    /** Returns the slots where some are taken already, and the others follow by ascending internal port. */
    static Slots around(PortRequest request, Map<Integer, String> taken) {
        return new Slots(request, taken);
    }

    /** Returns slot 0 of the module's generation. */
    static String first(PortRequest request) {
        return key(request, 0);
    }

    /** Returns the slots of a reservation: the lowest internal port has slot 0, the others have none. */
    static Slots firstOnly(PortRequest request) {
        Slots slots = of(request);
        slots.keys.values().removeIf(key -> !key.equals(slots.first));
        return slots;
    }

    private static String key(PortRequest request, int number) {
        return request.module() + "|" + request.generation() + "|" + number;
    }

    /** Returns the slot of an internal port. */
    String of(int internalPort) {
        return keys.getOrDefault(internalPort, "");
    }

    /** Returns whether the key is that of slot 0 of some module's generation. */
    public static boolean isFirst(String key) {
        return key.endsWith("|0");
    }

    /** Returns wishes for free ports. */
    List<Wish> wishes(Map<Integer, Integer> picks, Collection<Integer> order) {
        return order.stream()
                .filter(picks::containsKey)
                .map(internalPort -> Wish.free(internalPort, picks.getOrDefault(internalPort, 0), of(internalPort)))
                .toList();
    }
}
