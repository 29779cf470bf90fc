package io.a64.examples.benchmarks.routes.front;

import io.a64.Deadline;
import io.a64.examples.benchmarks.routes.front.Modules.Module;
import io.a64.proxy.Route;
import io.a64.proxy.RouteOptions;
import io.a64.proxy.nginx.NginxRouteWriter;
import io.a64.proxy.nginx.NginxSettings;
import io.a64.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** The library's side: a writer, and the modules as routes. Safe for use by several threads. */
public final class OurRoutes implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int CROWD = 2_000;

    private final Mode mode;
    private final Modules modules;
    private final int publicPort;
    private final NginxRouteWriter writer;

    private OurRoutes(NginxSettings settings, Mode mode, Modules modules, int publicPort) {
        this.mode = mode;
        this.modules = modules;
        this.publicPort = publicPort;
        writer = NginxRouteWriter.using(settings);
    }

    /**
     * Opens a writer.
     *
     * @param settings those of the library, by name
     * @param publicPort where subdomains are served
     */
    public static OurRoutes open(Map<String, String> settings, Mode mode, Modules modules, int publicPort) {
        return new OurRoutes(NginxSettings.from(Settings.of(settings)), mode, modules, publicPort);
    }

    /** Publishes all modules. The more changes wait at once, the fewer reloads are needed for all of them. */
    void publishAll() throws InterruptedException, ExecutionException {
        List<Callable<Void>> changes = modules.all(1).stream()
                .map(module -> (Callable<Void>) () -> {
                    publish(module, 1);
                    return null;
                })
                .toList();
        Crowd.run(Math.min(CROWD, changes.size()), changes);
    }

    private Route publish(Module module, int generation) {
        Route route = new Route(
                module.name(),
                generation,
                mode.match(module.name(), publicPort),
                List.of(module.upstream()),
                RouteOptions.defaults());
        writer.publish(route, Deadline.after(LIMIT));
        return route;
    }

    /** Publishes that the first module has been deployed anew, and returns when that is proven. */
    public void redeployFirst(int generation) {
        Route route = publish(modules.first(generation), generation);
        writer.prove(route, Deadline.after(LIMIT));
    }

    /**
     * Publishes a module that is none of the set.
     *
     * @param number which one; each has an address of its own
     * @param generation how often it has been deployed
     */
    public void publishExtra(int number, int generation) {
        publish(modules.extra(number, generation), generation);
    }

    @Override
    public void close() {
        writer.close();
    }
}
