package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.AddressRange;
import io.a64.proxy.Balancing;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes as the templates want them. */
final class RouteModels {

    /** What requests are counted by; NGINX refuses another key for a zone that it knows already. */
    private static final String LIMIT_KEY = "module, client address, 4m";

    static final String CONNECTION_ZONE = "a64_c" + Sha256.hex(LIMIT_KEY, 8);

    private final Collection<Route> all;
    private final String directory;

    /**
     * @param all the routes that are served
     * @param directory the generation's directory as NGINX sees it
     */
    RouteModels(Collection<Route> all, String directory) {
        this.all = all;
        this.directory = directory;
    }

    Map<String, Object> of(Route route) {
        RouteOptions options = route.options();
        Map<String, Object> model = new HashMap<>();
        model.put("module", route.module());
        model.put("generation", route.generation());
        model.put("group", group(route));
        model.put("upstreams", upstreams(route));
        model.put("path", route.match().path());
        model.put("bare", bare(route.match().path()));
        model.put("websocket", options.websocket());
        model.put("raw", options.rawPath());
        model.put("buffering", options.buffering());
        model.put("maxBody", options.maxBodyBytes());
        model.put("readTimeout", options.readTimeout().toMillis());
        model.put("headers", headers(options));
        if (route.upstreams().size() > 1) {
            model.put("balancing", options.balancing() == Balancing.CLIENT_ADDRESS ? "ip_hash" : "least_conn");
        }
        options.rateLimit().ifPresent(limit -> model.put("rate", Map.of("zone", zone(limit), "burst", limit.burst())));
        options.connectionLimit().ifPresent(limit -> model.put("connections", limit));
        putAccess(route, model);
        return model;
    }

    private void putAccess(Route route, Map<String, Object> model) {
        RouteAccess access = route.options().access();
        model.put(
                "allowed",
                access.allowedAddresses().stream().map(AddressRange::text).toList());
        access.basicAuth().ifPresent(auth -> {
            model.put("realm", auth.realm());
            model.put("userFile", directory + "/" + userFile(route));
        });
        access.authRequest().ifPresent(path -> model.put("authRequest", authRequest(path)));
    }

    /** Where nobody answers any more, there is no group to ask, and the route is closed. */
    private Map<String, Object> authRequest(String path) {
        Optional<Route> holder = Layout.holder(path, all);
        return holder.map(route -> Map.<String, Object>of(
                        "group", group(route),
                        "prefix", bare(route.match().path()),
                        "path", path.substring(route.match().path().length() - 1)))
                .orElse(Map.of());
    }

    private static List<Map<String, Object>> headers(RouteOptions options) {
        return options.responseHeaders().entrySet().stream()
                .map(header -> Map.of("name", header.getKey(), "value", NginxTemplates.quoted(header.getValue())))
                .toList();
    }

    /** NGINX compares the names of groups one by one: names that differ at the front are found faster. */
    static String group(Route route) {
        return "a" + Sha256.hex(route.module(), 6) + "_" + route.module();
    }

    static List<String> upstreams(Route route) {
        return route.upstreams().stream().map(Upstream::hostPort).toList();
    }

    /** Returns the path without its final slash. */
    static String bare(String path) {
        return path.substring(0, path.length() - 1);
    }

    /** The rate belongs to the zone, so there is one for each. */
    static String zone(RateLimit limit) {
        return "a64_r" + Sha256.hex(LIMIT_KEY + limit.requestsPerSecond(), 8);
    }

    /** Returns where the module's users and their passwords' hashes are, below the generation's directory. */
    static String userFile(Route route) {
        return RenderedGeneration.READ_BY_WORKERS + "/" + route.module() + ".htpasswd";
    }

    static boolean isPath(Route route) {
        return route.match() instanceof PathMatch;
    }
}
