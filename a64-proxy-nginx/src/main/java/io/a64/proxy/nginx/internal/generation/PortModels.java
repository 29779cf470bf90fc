package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Public ports as the templates want them. */
final class PortModels {

    private static final int HTTP = 80;

    private final RenderSettings settings;
    private final RouteModels routeModels;
    private final String directory;
    private final Set<Route> pooled;

    PortModels(RenderSettings settings, RouteModels routeModels, String directory, List<Route> pooled) {
        this.settings = settings;
        this.routeModels = routeModels;
        this.directory = directory;
        this.pooled = new HashSet<>(pooled);
    }

    /** Returns the host routes by their public port. */
    static SortedMap<Integer, List<Route>> byPort(List<Route> routes) {
        return routes.stream()
                .filter(route -> route.match() instanceof HostMatch)
                .collect(Collectors.groupingBy(
                        route -> ((HostMatch) route.match()).port(), TreeMap::new, Collectors.toList()));
    }

    /** Returns the file that shows which module has which host of the port. */
    static String mapFile(int port) {
        return "hosts/" + port + ".map";
    }

    /** Returns the lines of that file. */
    static Map<String, Object> mapLines(int port, List<Route> routes) {
        SortedMap<String, Object> lines = new TreeMap<>();
        for (Route route : routes) {
            HostMatch match = (HostMatch) route.match();
            String key = match.path().equals("/") ? match.host() : match.host() + match.path();
            lines.put(key, Map.of("key", key, "module", route.module(), "upstreams", RouteModels.upstreams(route)));
        }
        return Map.of("number", port, "hosts", List.copyOf(lines.values()));
    }

    Map<String, Object> of(int port, List<Route> routes) {
        List<Route> plain = routes.stream().filter(pooled::contains).toList();
        boolean isDefault = port != settings.listenPort();
        List<String> names = isDefault
                ? List.of("_")
                : plain.stream().map(PortModels::host).distinct().sorted().toList();
        Map<String, Object> model = new HashMap<>();
        model.put("listen", settings.listen(port));
        model.put("isDefault", isDefault);
        model.put("names", names);
        model.put("suffix", port == HTTP ? "" : ":" + port);
        model.put("variable", variable(port, 0));
        model.put("mapFile", directory + "/" + mapFile(port));
        model.put("pooled", !plain.isEmpty());
        model.put("prefixes", prefixes(port, plain));
        model.put("servers", servers(routes));
        return model;
    }

    private static String host(Route route) {
        return ((HostMatch) route.match()).host();
    }

    private static String variable(int port, int place) {
        return "a64_host_" + port + "_" + place;
    }

    /** What a host does not have below a prefix, it has below the next shorter one. */
    private static List<Map<String, Object>> prefixes(int port, List<Route> plain) {
        SortedMap<String, List<Route>> byPrefix = plain.stream()
                .collect(Collectors.groupingBy(route -> route.match().path(), TreeMap::new, Collectors.toList()));
        List<String> paths = List.copyOf(byPrefix.keySet());
        List<Map<String, Object>> prefixes = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            if (!path.equals("/")) {
                prefixes.add(Map.of(
                        "path", path,
                        "bare", RouteModels.bare(path),
                        "variable", variable(port, i),
                        "otherwise", variable(port, shorter(paths, i)),
                        "members", members(byPrefix.getOrDefault(path, List.of()))));
            }
        }
        return prefixes;
    }

    /** Returns the place of the longest prefix of a prefix; {@code /} is the first of all. */
    private static int shorter(List<String> sorted, int place) {
        int found = place - 1;
        while (found > 0 && !sorted.get(place).startsWith(sorted.get(found))) {
            found--;
        }
        return found;
    }

    private static List<Map<String, Object>> members(List<Route> routes) {
        SortedMap<String, Map<String, Object>> members = new TreeMap<>();
        routes.forEach(route -> members.put(host(route), Map.of("host", host(route), "module", route.module())));
        return List.copyOf(members.values());
    }

    private List<Map<String, Object>> servers(List<Route> routes) {
        SortedMap<String, List<Route>> byHost = routes.stream()
                .filter(route -> !pooled.contains(route))
                .collect(Collectors.groupingBy(PortModels::host, TreeMap::new, Collectors.toList()));
        return byHost.entrySet().stream()
                .map(host -> Map.of(
                        "host", host.getKey(),
                        "routes", host.getValue().stream().map(routeModels::of).toList(),
                        "locations", locations(host.getValue())))
                .toList();
    }

    private List<Map<String, Object>> locations(List<Route> routes) {
        SortedMap<String, Route> byPath = new TreeMap<>();
        routes.forEach(route -> byPath.put(route.match().path(), route));
        List<Map<String, Object>> places = new ArrayList<>();
        if (!byPath.containsKey("/")) {
            places.add(place("/", false, null));
        }
        byPath.forEach((path, route) -> {
            if (!path.equals("/")) {
                // NGINX would redirect to the slash; the prefix ends with it, so this path is not below it.
                places.add(place(RouteModels.bare(path), true, around(path, byPath)));
            }
            places.add(place(path, false, route));
        });
        return places;
    }

    private static @Nullable Route around(String path, SortedMap<String, Route> byPath) {
        return byPath.headMap(path).entrySet().stream()
                .filter(shorter -> path.startsWith(shorter.getKey()))
                .reduce((shorter, longer) -> longer)
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private Map<String, Object> place(String path, boolean exact, @Nullable Route route) {
        Map<String, Object> place = new HashMap<>(Map.of("path", path, "exact", exact));
        if (route != null) {
            place.put("route", Objects.requireNonNull(routeModels.of(route)));
        }
        return place;
    }
}
