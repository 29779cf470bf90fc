package io.a64.proxy.nginx.hostile;

import io.a64.proxy.AddressRange;
import io.a64.proxy.BasicAuth;
import io.a64.proxy.HostMatch;
import io.a64.proxy.PathMatch;
import io.a64.proxy.RateLimit;
import io.a64.proxy.Route;
import io.a64.proxy.RouteAccess;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes that together use all that can be written. */
final class FullConfiguration {

    private static final RouteOptions PLAIN = RouteOptions.defaults();
    private static final RouteOptions RICH = RouteOptions.builder()
            .websocket(false)
            .buffering(false)
            .rateLimit(new RateLimit(5, 5))
            .connectionLimit(7)
            .responseHeaders(Map.of("Content-Security-Policy", "default-src 'self'; img-src *", "X-Team", "shop"))
            .access(new RouteAccess(
                    Optional.of("/plain/check"),
                    Optional.of(new BasicAuth("staff", Map.of("ann", "$6$salt$" + "a".repeat(86)))),
                    List.of(AddressRange.parse("10.0.0.0/8"))))
            .build();

    private FullConfiguration() {}

    /** Returns the generation, below a directory. */
    static RenderedGeneration render(Shape shape, Path home) {
        List<Route> routes = List.of(
                route("plain", new PathMatch("/plain/"), PLAIN),
                route("second", new PathMatch("/second/"), PLAIN),
                route("default", new PathMatch("/default/"), PLAIN),
                route("rich", new PathMatch("/some/rich.path/"), RICH),
                route(
                        "raw",
                        new PathMatch("/raw/"),
                        RouteOptions.builder().rawPath(true).build()),
                route("front", HostMatch.of("shop.localhost", 14000), PLAIN),
                route("back", new HostMatch("shop.localhost", 14000, "/api/"), PLAIN),
                route("guarded", HostMatch.of("guarded.localhost", 14000), RICH),
                route("include", HostMatch.of("include", 14001), PLAIN));
        return shape.render(routes, home);
    }

    private static Route route(String module, RouteMatch match, RouteOptions options) {
        List<Upstream> upstreams = options.equals(PLAIN)
                ? List.of(new Upstream("127.0.0.1", 9000))
                : List.of(new Upstream("127.0.0.1", 9000), new Upstream("::1", 9001));
        return new Route(module, 3, match, upstreams, options);
    }

    /** Writes it with our main configuration below a prefix. */
    static void write(Shape shape, Path prefix) throws IOException {
        DumpedConfiguration.write(prefix, render(shape, DumpedConfiguration.home(prefix)));
    }
}
