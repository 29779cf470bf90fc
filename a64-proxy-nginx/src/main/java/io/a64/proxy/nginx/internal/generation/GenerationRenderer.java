package io.a64.proxy.nginx.internal.generation;

import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
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
    private final RenderSettings settings;

    public GenerationRenderer(NginxTemplates templates, RenderSettings settings) {
        this.templates = templates;
        this.settings = settings;
    }

    /**
     * Returns the files of the routes as the generation of the given number.
     *
     * @param withheld modules of which only the record speaks
     */
    public RenderedGeneration render(
            long number, Surroundings around, Collection<Route> routes, SortedMap<String, Withheld> withheld) {
        List<Route> sorted =
                routes.stream().sorted(Comparator.comparing(Route::module)).toList();
        List<Route> served = sorted.stream()
                .filter(route -> !withheld.containsKey(route.module()))
                .toList();
        Path directory = around.directory(number);
        GenerationFiles rendering = new GenerationFiles(templates, settings, around.http(), served, directory);
        SortedMap<String, String> files = rendering.files();
        // The digest depends neither on the number nor on a reason, so that the same routes are recognised as the same.
        String content = files + rendering.serverFile("0") + RoutesFile.routes(sorted);
        String digest = Sha256.hex(content.replace(directory.toString(), ""), 16);
        files.put("server.conf", rendering.serverFile(number + "-" + digest));
        Generation generation = new Generation(number, digest, sorted, withheld, checksums(files));
        files.put(RoutesFile.NAME, RoutesFile.text(generation));
        return new RenderedGeneration(generation, files, rendering.notes());
    }

    private static Map<String, String> checksums(Map<String, String> files) {
        Map<String, String> checksums = new TreeMap<>();
        files.forEach((file, text) -> checksums.put(file, Sha256.hex(text, CHECKSUM_DIGITS)));
        return checksums;
    }
}
