package io.a64.examples.plugin;

import io.a64.A64Exception;
import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.probe.HttpProbe;
import io.a64.proxy.Route;
import io.a64.proxy.RouteClaims;
import io.a64.proxy.RouteException;
import io.a64.proxy.RouteFields;
import io.a64.proxy.RouteMatch;
import io.a64.proxy.Upstream;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Keeps one text file per route in a directory, for a proxy that watches it. Serves no HTTP itself. Safe for use by
 * several threads and processes.
 */
public final class FilesRouteWriter implements RouteWriter {

    private static final String OPTION = "option.";
    private static final Duration PER_TRY = Duration.ofSeconds(5);

    private final Entries entries;
    private final URI baseUri;

    /**
     * Creates a writer.
     *
     * @param directory where the files are kept; made when the first route is published
     * @param baseUri what the watching proxy listens on
     */
    public FilesRouteWriter(Path directory, URI baseUri) {
        this.entries = new Entries(directory);
        this.baseUri = baseUri;
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public void publish(Route route, Deadline deadline) {
        guarded(
                route.module(),
                deadline,
                () -> entries.exclusively(deadline, () -> {
                    RouteClaims.require(route, all());
                    entries.write(route.module(), text(route));
                    return route;
                }));
    }

    @Override
    public void prove(Route route, Deadline deadline) {
        guarded(route.module(), deadline, () -> {
            if (!all().contains(route)) {
                throw new RouteException(
                        FailureKind.NOT_FOUND, route.module(), "no such route in " + entries, List.of(), null);
            }
            URI health = URI.create("http://" + route.upstreams().get(0).hostPort() + "/health");
            return HttpProbe.get(health, deadline, PER_TRY);
        });
    }

    @Override
    public boolean remove(String module, Deadline deadline) {
        return guarded(module, deadline, () -> entries.exclusively(deadline, () -> entries.delete(module)));
    }

    @Override
    public List<Route> routes(Deadline deadline) {
        return guarded("", deadline, this::all);
    }

    @Override
    public URI baseUri() {
        return baseUri;
    }

    @Override
    public void ping(Deadline deadline) {
        routes(deadline);
    }

    @Override
    public void close() {}

    private <T> T guarded(String module, Deadline deadline, Entries.Action<T> action) {
        if (deadline.hasPassed()) {
            throw new RouteException(FailureKind.DEADLINE_EXCEEDED, module, "the deadline passed", List.of(), null);
        }
        try {
            return action.run();
        } catch (IOException e) {
            throw new RouteException(
                    FailureKind.UNAVAILABLE, module, "route of \"" + module + "\": " + e, List.of(), e);
        }
    }

    private List<Route> all() throws IOException {
        List<Route> routes = new ArrayList<>();
        for (Map.Entry<String, Properties> entry : entries.all().entrySet()) {
            routes.add(route(entry.getKey(), entry.getValue()));
        }
        return routes;
    }

    private static Map<String, String> text(Route route) {
        Map<String, String> text = new TreeMap<>();
        text.put("generation", Integer.toString(route.generation()));
        text.put("match", route.match().text());
        RouteFields.of(route.options()).forEach((field, value) -> text.put(OPTION + field, value));
        for (int i = 0; i < route.upstreams().size(); i++) {
            text.put("upstream." + i + ".address", route.upstreams().get(i).address());
            text.put(
                    "upstream." + i + ".port",
                    Integer.toString(route.upstreams().get(i).port()));
        }
        return text;
    }

    private Route route(String module, Properties text) throws IOException {
        try {
            List<Upstream> upstreams = new ArrayList<>();
            for (int i = 0; text.containsKey("upstream." + i + ".address"); i++) {
                upstreams.add(new Upstream(
                        text.getProperty("upstream." + i + ".address"),
                        Integer.parseInt(text.getProperty("upstream." + i + ".port"))));
            }
            return new Route(
                    module,
                    Integer.parseInt(text.getProperty("generation")),
                    RouteMatch.parse(text.getProperty("match", "")),
                    upstreams,
                    RouteFields.parse(options(text)));
        } catch (NumberFormatException | A64Exception e) {
            throw new IOException("the file of module " + module + " in " + entries + " was altered", e);
        }
    }

    private static Map<String, String> options(Properties text) {
        Map<String, String> options = new TreeMap<>();
        for (String name : text.stringPropertyNames()) {
            if (name.startsWith(OPTION)) {
                options.put(name.substring(OPTION.length()), text.getProperty(name));
            }
        }
        return options;
    }
}
