package io.a64.ports.registry;

import io.a64.ports.PortRequest;
import java.util.List;

/**
 * The slots of a request: one per internal port, numbered by ascending internal port. A slot of a module's generation
 * is held at most once; who holds slot 0 holds the generation. So two owners that want the same generation always meet
 * in slot 0, even if they name different ports.
 */
public final class Slots {
    private Slots() {}

    /** Returns the key of the slot of an internal port: {@code module|generation|number}. */
    public static String key(PortRequest request, int internalPort) {
        return key(request, sorted(request).indexOf(internalPort), request.generation());
    }

    /** Returns the keys of all slots of a request, slot 0 first. */
    public static List<String> keys(PortRequest request) {
        return sorted(request).stream()
                .map(internalPort -> key(request, internalPort))
                .toList();
    }

    private static String key(PortRequest request, int number, int generation) {
        return request.module() + "|" + generation + "|" + number;
    }

    private static List<Integer> sorted(PortRequest request) {
        return request.internalPorts().stream().sorted().toList();
    }
}
