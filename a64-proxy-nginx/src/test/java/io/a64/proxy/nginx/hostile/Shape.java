package io.a64.proxy.nginx.hostile;

import io.a64.proxy.AddressRange;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.OperatorHttp;
import io.a64.proxy.nginx.internal.generation.RenderSettings;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.Surroundings;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How path routes are written: few of them each on its own, many by a map. */
enum Shape {
    LOCATIONS(1000),
    MAPS(0);

    private static final NginxTemplates TEMPLATES = new NginxTemplates();
    private static final OperatorHttp OPERATOR = new OperatorHttp(8192, false, false);

    private final int threshold;

    Shape(int threshold) {
        this.threshold = threshold;
    }

    /** Returns the files of one route. */
    Map<String, String> files(RawRoute route) {
        return render(List.of(route.build()), Path.of("/etc/nginx/conf.d/a64")).files();
    }

    /** Returns the generation of these routes, below a directory. */
    RenderedGeneration render(Collection<Route> routes, Path home) {
        RenderSettings settings = new RenderSettings(
                URI.create("http://localhost:8081"),
                Optional.of("127.0.0.1"),
                8081,
                false,
                List.of(AddressRange.parse("192.0.2.0/24")),
                Optional.of("a64-access.log"),
                threshold);
        return new GenerationRenderer(TEMPLATES, settings)
                .render(1, new Surroundings(home, OPERATOR), routes, Collections.emptySortedMap());
    }
}
