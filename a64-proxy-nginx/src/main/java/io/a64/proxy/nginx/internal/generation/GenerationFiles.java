package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.BasicAuth;
import io.a64.proxy.HostMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that NGINX reads of one generation. */
final class GenerationFiles {

    /** Where configuration of modules is included from while the folder of modules holds notes. */
    private static final String OWN = "own";

    private final NginxTemplates templates;
    private final RenderSettings settings;
    private final OperatorHttp operator;
    private final List<Route> routes;
    private final Layout layout;
    private final Pools pools;
    private final RouteModels models;
    private final String directory;
    private final Map<String, Object> shared;

    /**
     * @param operator what the operator's own configuration leaves to us
     * @param routes the routes that are served, sorted by module
     * @param directory the generation's directory as NGINX sees it
     */
    GenerationFiles(
            NginxTemplates templates,
            RenderSettings settings,
            OperatorHttp operator,
            List<Route> routes,
            Path directory) {
        this.templates = templates;
        this.settings = settings;
        this.operator = operator;
        this.routes = routes;
        this.layout = Layout.of(routes, settings.mapThreshold());
        this.pools = Pools.of(pooled());
        this.models = new RouteModels(routes, directory.toString());
        this.directory = directory.toString();
        this.shared = shared();
    }

    /** Returns the text of each file but {@code server.conf} by its path below the generation's directory. */
    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("http.conf", templates.render("http.conf.ftl", http()));
        PortModels.byPort(routes)
                .forEach((port, hosts) -> files.put(
                        PortModels.mapFile(port), templates.render("hosts.map.ftl", PortModels.mapLines(port, hosts))));
        for (Route route : layout.own()) {
            if (RouteModels.isPath(route)) {
                files.put(included() + "/" + route.module() + ".conf", moduleFile(route));
            }
            route.options().access().basicAuth().ifPresent(auth -> files.put(RouteModels.userFile(route), users(auth)));
        }
        return files;
    }

    private String moduleFile(Route route) {
        return templates.render("module.conf.ftl", with(Map.of("route", models.of(route))));
    }

    private String included() {
        return layout.pooledPaths().isEmpty() ? RenderedGeneration.MODULES : OWN;
    }

    /** Returns what to show of each path module while some have no file of their own. */
    SortedMap<String, Supplier<String>> notes() {
        SortedMap<String, Supplier<String>> notes = new TreeMap<>();
        if (!layout.pooledPaths().isEmpty()) {
            layout.own().stream()
                    .filter(RouteModels::isPath)
                    .forEach(route -> notes.put(route.module(), () -> moduleFile(route)));
            layout.pooledPaths().forEach(route -> notes.put(route.module(), () -> note(route)));
        }
        return notes;
    }

    private String note(Route route) {
        return templates.render("note.conf.ftl", Map.of("route", models.of(route)));
    }

    /** The names and hashes are what {@link BasicAuth} lets pass: neither a colon nor a line's end. */
    private static String users(BasicAuth auth) {
        StringBuilder lines = new StringBuilder();
        auth.users()
                .forEach((user, hash) ->
                        lines.append(user).append(':').append(hash).append('\n'));
        return lines.toString();
    }

    /** Returns the text of {@code server.conf}, which says which generation it is. */
    String serverFile(String id) {
        return templates.render("server.conf.ftl", with(Map.of("generation", id, "included", included())));
    }

    private Map<String, Object> with(Map<String, ?> own) {
        Map<String, Object> model = new HashMap<>(shared);
        model.putAll(own);
        return model;
    }

    private Map<String, Object> shared() {
        Map<String, Object> model = new HashMap<>();
        model.put("directory", directory);
        model.put("tls", settings.tls());
        model.put("publicPort", settings.publicPort());
        model.put(
                "trusted",
                settings.trustedProxies().stream().map(range -> range.text()).toList());
        settings.accessLog().ifPresent(file -> model.put("accessLog", file));
        model.put("connectionZone", RouteModels.CONNECTION_ZONE);
        RouteOptions defaults = RouteOptions.defaults();
        model.put(
                "defaults",
                Map.of(
                        "maxBody",
                        defaults.maxBodyBytes(),
                        "readTimeout",
                        defaults.readTimeout().toMillis()));
        model.put("pooledPaths", members(layout.pooledPaths()));
        model.put(
                "pathGroups",
                layout.pooledPaths().stream()
                        .map(pools::nameOf)
                        .distinct()
                        .sorted()
                        .toList());
        return model;
    }

    private List<Map<String, String>> members(List<Route> pooled) {
        return pooled.stream()
                .map(route -> Map.of("module", route.module(), "group", pools.nameOf(route)))
                .toList();
    }

    private Map<String, Object> http() {
        Map<String, Object> model =
                with(Map.of("routes", layout.own().stream().map(models::of).toList()));
        KeepAlive keepAlive = KeepAlive.of(
                operator.workerConnections(),
                layout.own().size(),
                pools.groups().size());
        model.put("keepalive", keepAlive.own());
        model.put("poolKeepalive", keepAlive.pooled());
        model.put("raw", layout.own().stream().anyMatch(route -> route.options().rawPath()));
        model.put("pooledHosts", members(layout.pooledHosts()));
        putGenerations(model);
        model.put("poolGroups", pools.models());
        model.put("rates", rates());
        if (routes.stream().noneMatch(route -> route.options().connectionLimit().isPresent())) {
            model.remove("connectionZone");
        }
        model.put("askedFromOutside", settings.askedFromOutside());
        putHashes(model);
        PortModels ports = new PortModels(settings, models, directory, layout.pooledHosts());
        model.put(
                "publicPorts",
                PortModels.byPort(routes).entrySet().stream()
                        .map(port -> ports.of(port.getKey(), port.getValue()))
                        .toList());
        return model;
    }

    private List<Route> pooled() {
        return Stream.of(layout.pooledPaths(), layout.pooledHosts())
                .flatMap(List::stream)
                .toList();
    }

    /** Only modules of another generation than most have a line. */
    private void putGenerations(Map<String, Object> model) {
        int usual = pooled().stream()
                .collect(Collectors.groupingBy(Route::generation, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(1);
        model.put("usualGeneration", usual);
        model.put(
                "otherGenerations",
                pooled().stream()
                        .filter(route -> route.generation() != usual)
                        .map(route -> Map.of("module", route.module(), "generation", route.generation()))
                        .toList());
    }

    private List<Map<String, Object>> rates() {
        return routes.stream()
                .flatMap(route -> route.options().rateLimit().stream())
                .map(RateLimit::requestsPerSecond)
                .distinct()
                .sorted()
                .map(rate ->
                        Map.<String, Object>of("zone", RouteModels.zone(new RateLimit(rate, 0)), "perSecond", rate))
                .toList();
    }

    private void putHashes(Map<String, Object> model) {
        List<String> hosts = routes.stream()
                .filter(route -> route.match() instanceof HostMatch)
                .map(route -> ((HostMatch) route.match()).host() + route.match().path())
                .toList();
        if (!operator.sizesMaps()) {
            int keys = Math.max(layout.pooledPaths().size(), hosts.size());
            int longest = hosts.stream().mapToInt(String::length).max().orElse(0);
            model.put("mapHash", HashSize.of(keys, longest));
        }
        if (!operator.sizesNames() && !hosts.isEmpty()) {
            int longest = hosts.stream().mapToInt(String::length).max().orElse(0);
            model.put("namesHash", HashSize.of(hosts.size(), longest));
        }
    }
}
