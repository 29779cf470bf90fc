package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Groups of upstreams that modules share. NGINX looks for a group by its name, one after the other, and each costs
 * time at every reload that grows with their number, so there are few, and each holds many modules. Its {@code hash}
 * method finds the server of a module: each stands in that slot of its group that its name leads to.
 *
 * @param groups the servers of each group, by slot
 * @param groupOf the group of each module, as its place in the list
 */
record Pools(List<List<String>> groups, Map<String, Integer> groupOf) {

    private static final int MOST_SLOTS = 128;

    /** In a slot without module: nobody listens there, and nobody can. */
    private static final String NOBODY = "unix:/dev/null";

    /** Returns the pools of routes with one upstream each; the same for the same routes. */
    static Pools of(List<Route> routes) {
        int slots = slots(routes.size());
        int[] taken = new int[slots];
        List<List<String>> groups = new ArrayList<>();
        Map<String, Integer> groupOf = new HashMap<>();
        for (Route route : routes) {
            int slot = slot(route.module(), slots);
            int group = taken[slot]++;
            if (group == groups.size()) {
                groups.add(emptyGroup(slots));
            }
            groups.get(group).set(slot, route.upstreams().get(0).hostPort());
            groupOf.put(route.module(), group);
        }
        return new Pools(groups, groupOf);
    }

    private static List<String> emptyGroup(int slots) {
        String[] empty = new String[slots];
        Arrays.fill(empty, NOBODY);
        return Arrays.asList(empty);
    }

    /** About as many slots as there will be groups: NGINX walks along the one and then along the other. */
    private static int slots(int modules) {
        int slots = 1;
        while (slots < MOST_SLOTS && slots * slots < modules) {
            slots *= 2;
        }
        return slots;
    }

    /** The formula of Cache::Memcached, which NGINX documents its {@code hash} to be compatible with. */
    private static int slot(String module, int slots) {
        CRC32 crc = new CRC32();
        crc.update(module.getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() >>> 16 & 0x7fff) % slots;
    }

    /** Returns the name of the group of this place. */
    static String name(int group) {
        return "a64_p" + group;
    }

    /** Returns the name of the group that holds the module. */
    String nameOf(Route route) {
        return name(groupOf.getOrDefault(route.module(), 0));
    }
}
