package io.a64.proxy.nginx.hostile;

import io.a64.proxy.AddressRange;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
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
import java.util.stream.Stream;

/** How path routes are written: few of them each on its own, many by a map. */
enum Shape {
    LOCATIONS(1000),
    MAPS(0);

    private static final NginxTemplates TEMPLATES = new NginxTemplates();
    /** The module that is asked for authorization; sorts before all others. */
    static final String ASKED = "0";

    private static final List<Upstream> UPSTREAMS = List.of(new Upstream("127.0.0.1", 9000));
    private static final OperatorHttp OPERATOR = new OperatorHttp(8192, false, false);

    private final int threshold;

    Shape(int threshold) {
        this.threshold = threshold;
    }

    /** Returns the files of one route. */
    Map<String, String> files(RawRoute route) {
        Route one = route.build();
        Stream<Route> asked = one.options().access().authRequest().stream()
                .filter(path -> path.indexOf('/', 1) > 0 && !one.module().equals(ASKED))
                .map(path -> path.substring(0, path.indexOf('/', 1) + 1))
                .filter(path -> !one.match().path().equals(path))
                .map(path -> Route.onPath(ASKED, 1, path, UPSTREAMS, RouteOptions.defaults()));
        return render(Stream.concat(asked, Stream.of(one)).toList(), Path.of("/etc/nginx/conf.d/a64"))
                .files();
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
