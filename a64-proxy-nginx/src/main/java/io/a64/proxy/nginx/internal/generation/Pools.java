package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Groups of upstreams that modules share. NGINX looks for a group by its name, one after the other, and each costs
 * time at every reload that grows with their number, so there are few, and each holds many modules. Its {@code hash}
 * method finds the server of a module: each stands in that slot of its group that its name leads to. A slot without
 * module belongs to the server before it, because each server costs memory.
 *
 * @param groups the servers of each group
 * @param groupOf the group of each module, as its place in the list
 */
record Pools(List<List<Server>> groups, Map<String, Integer> groupOf) {

    private static final int MOST_SLOTS = 512;

    /** Stands before the first module: nobody listens there, and nobody can. */
    private static final String NOBODY = "unix:/dev/null";

    /**
     * A line of a group.
     *
     * @param address where it is
     * @param weight how many slots it has
     */
    record Server(String address, int weight) {}

    /** Returns the pools of routes with one upstream each; the same for the same routes. */
    static Pools of(List<Route> routes) {
        int slots = slots(routes.size());
        int[] taken = new int[slots];
        List<String[]> tables = new ArrayList<>();
        Map<String, Integer> groupOf = new HashMap<>();
        for (Route route : routes) {
            int slot = slot(route.module(), slots);
            int group = taken[slot]++;
            if (group == tables.size()) {
                tables.add(new String[slots]);
            }
            tables.get(group)[slot] = route.upstreams().get(0).hostPort();
            groupOf.put(route.module(), group);
        }
        return new Pools(tables.stream().map(Pools::servers).toList(), groupOf);
    }

    private static List<Server> servers(@Nullable String[] table) {
        List<Server> servers = new ArrayList<>();
        String address = NOBODY;
        int weight = 0;
        for (String occupant : table) {
            if (occupant != null) {
                if (weight > 0) {
                    servers.add(new Server(address, weight));
                }
                address = occupant;
                weight = 0;
            }
            weight++;
        }
        servers.add(new Server(address, weight));
        return servers;
    }

    /** More slots than there will be groups: NGINX walks along both, and a group costs more. */
    private static int slots(int modules) {
        int slots = 1;
        while (slots < MOST_SLOTS && slots * slots < 4 * modules) {
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

    /** Returns the groups as the templates want them. */
    List<Map<String, Object>> models() {
        return IntStream.range(0, groups.size())
                .mapToObj(group -> Map.of("name", name(group), "servers", models(groups.get(group))))
                .toList();
    }

    private static List<Map<String, Object>> models(List<Server> servers) {
        return servers.stream()
                .map(server -> Map.<String, Object>of("address", server.address, "weight", server.weight))
                .toList();
    }
}
