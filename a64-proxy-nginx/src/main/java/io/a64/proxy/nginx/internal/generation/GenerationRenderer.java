package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.Route;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns routes into files: sorted, and byte for byte the same for the same routes. Safe for use by several threads. */
public final class GenerationRenderer {

    /** How many digits of a checksum are kept: enough to notice an edit. */
    public static final int CHECKSUM_DIGITS = 16;

    private final NginxTemplates templates;
    private final boolean tls;
    private final int publicPort;

    /**
     * @param publicBase what clients put before a route; {@code https} means that somebody in front of NGINX ends TLS,
     *     and is told to the modules
     */
    public GenerationRenderer(NginxTemplates templates, URI publicBase) {
        this.templates = templates;
        this.tls = "https".equals(publicBase.getScheme());
        this.publicPort = publicBase.getPort() < 0 ? 443 : publicBase.getPort();
    }

    /**
     * Returns the files of the routes as the generation of the given number.
     *
     * @param home the directory of the generations as NGINX sees it
     * @param withheld modules of which only the record speaks
     */
    public RenderedGeneration render(
            long number, Path home, Collection<Route> routes, SortedMap<String, Withheld> withheld) {
        List<Route> sorted =
                routes.stream().sorted(Comparator.comparing(Route::module)).toList();
        List<Route> served = sorted.stream()
                .filter(route -> !withheld.containsKey(route.module()))
                .toList();
        TreeMap<String, String> files = new TreeMap<>();
        files.put("http.conf", templates.render("http.conf.ftl", Map.of("routes", models(served))));
        served.forEach(route -> files.put("modules/" + route.module() + ".conf", moduleFile(route)));
        // The digest depends neither on the number nor on a reason, so that the same routes are recognised as the same.
        String digest = Sha256.hex(files + serverFile(home, 0, "") + RoutesFile.routes(sorted), 16);
        files.put("server.conf", serverFile(home, number, digest));
        Generation generation = new Generation(number, digest, sorted, withheld, checksums(files));
        files.put(RoutesFile.NAME, RoutesFile.text(generation));
        return new RenderedGeneration(generation, files);
    }

    private static Map<String, String> checksums(Map<String, String> files) {
        Map<String, String> checksums = new TreeMap<>();
        files.forEach((file, text) -> checksums.put(file, Sha256.hex(text, CHECKSUM_DIGITS)));
        return checksums;
    }

    private String moduleFile(Route route) {
        return templates.render("module.conf.ftl", Map.of("route", model(route)));
    }

    private String serverFile(Path home, long number, String digest) {
        return templates.render(
                "server.conf.ftl",
                Map.of(
                        "generation",
                        number + "-" + digest,
                        "directory",
                        home.resolve(Generation.DIRECTORY_PREFIX + number).toString(),
                        "tls",
                        tls,
                        "publicPort",
                        publicPort));
    }

    private static List<Map<String, Object>> models(List<Route> routes) {
        return routes.stream().map(GenerationRenderer::model).toList();
    }

    private static Map<String, Object> model(Route route) {
        String bare = route.match().path().substring(0, route.match().path().length() - 1);
        return Map.of(
                "module", route.module(),
                "generation", route.generation(),
                // NGINX compares the names of groups one by one: names that differ at the front are found faster.
                "group", "a" + Sha256.hex(route.module(), 6) + "_" + route.module(),
                "path", route.match().path(),
                "bare", bare,
                "pattern", bare.substring(1).replace(".", "[.]"),
                "upstreams", route.upstreams().stream().map(Upstream::hostPort).toList(),
                "websocket", route.options().websocket(),
                "maxBody", route.options().maxBodyBytes(),
                "readTimeout", route.options().readTimeout().toMillis());
    }
}
