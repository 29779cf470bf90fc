package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.Route;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a generation says about itself.
 *
 * @param number the place in the order of generations
 * @param digest stands for the content
 * @param routes its routes, sorted by module
 * @param withheld the modules whose routes are listed but not served, because NGINX refuses them
 * @param checksums a short name for the content of each of its files but the record itself, by the file's path
 */
public record Generation(
        long number,
        String digest,
        List<Route> routes,
        SortedMap<String, Withheld> withheld,
        Map<String, String> checksums) {

    /** What the name of a generation's directory begins with; its number follows. */
    public static final String DIRECTORY_PREFIX = "gen-";

    public Generation {
        routes = List.copyOf(routes);
        withheld = Collections.unmodifiableSortedMap(new TreeMap<>(withheld));
        checksums = Map.copyOf(checksums);
    }

    /** Returns what NGINX answers when it serves this generation. */
    public String id() {
        return number + "-" + digest;
    }
}
