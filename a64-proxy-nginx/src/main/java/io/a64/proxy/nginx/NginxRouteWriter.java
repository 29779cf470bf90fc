package io.a64.proxy.nginx;

import io.a64.Deadline;
import io.a64.FailureKind;
import io.a64.InvalidInputException;
import io.a64.proxy.HostMatch;
import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.Upstream;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.ContainerMachine;
import io.a64.proxy.nginx.internal.control.LocalMachine;
import io.a64.proxy.nginx.internal.control.Machine;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.control.RunningNginx;
import io.a64.proxy.nginx.internal.disk.GenerationDirectory;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.Withheld;
import io.a64.proxy.nginx.internal.publish.Drain;
import io.a64.proxy.nginx.internal.publish.GenerationCommit;
import io.a64.proxy.nginx.internal.publish.Listener;
import io.a64.proxy.nginx.internal.publish.Pace;
import io.a64.proxy.nginx.internal.publish.Publisher;
import io.a64.proxy.nginx.internal.publish.Reloader;
import io.a64.proxy.nginx.internal.publish.Step;
import io.a64.proxy.nginx.internal.template.NginxTemplates;
import io.a64.proxy.spi.CommandRunner;
import io.a64.proxy.spi.RouteWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes path routes through an NGINX of this machine or in a container. The files in its directory are the record: a writer that is
 * opened later, in this process or another, goes on from them. Safe for use by several threads and processes, which
 * take turns; starts no thread. {@link NginxMainConfiguration} says what NGINX itself has to be given once.
 */
public final class NginxRouteWriter implements RouteWriter {

    static final String NAME = "nginx";

    private final NginxSettings settings;
    private final GenerationDirectory directory;
    private final NginxControl nginx;
    private final Listener listener;
    private final Reloader reloader;
    private final Drain drain;
    private final Publisher publisher;
    private final Optional<CommandRunner> owned;

    private NginxRouteWriter(
            NginxSettings settings, Machine machine, Optional<CommandRunner> owned, Pace pace, Step.Listener steps) {
        this.settings = settings;
        this.directory = new GenerationDirectory(settings.configDirectory());
        this.owned = owned;
        this.nginx = new RunningNginx(machine, settings.binary(), settings.mainConfiguration(), settings.prefix());
        this.listener = new Listener(nginx, settings.listenerUri());
        this.reloader = new Reloader(nginx, listener);
        this.drain = new Drain(nginx);
        GenerationRenderer renderer = new GenerationRenderer(new NginxTemplates(), settings.rendering());
        this.publisher = new Publisher(
                new GenerationCommit(directory, renderer, nginx, settings.listen(), reloader, pace, steps));
    }

    /** Returns a writer for a distribution's NGINX that reads this directory, such as {@code /etc/nginx/conf.d}. */
    public static NginxRouteWriter in(Path configDirectory) {
        return using(NginxSettings.of(configDirectory));
    }

    /**
     * Returns a writer for these settings. Nothing is touched before the first route is published.
     *
     * @throws IllegalArgumentException if NGINX runs in a container: who runs commands there has to be handed over
     */
    public static NginxRouteWriter using(NginxSettings settings) {
        return using(settings, Step.Listener.NONE);
    }

    /** Returns a writer that tells of each step it makes. */
    static NginxRouteWriter using(NginxSettings settings, Step.Listener steps) {
        return using(settings, Pace.standard(), steps);
    }

    /** Returns a writer that keeps to a pace and tells of each step it makes. */
    static NginxRouteWriter using(NginxSettings settings, Pace pace, Step.Listener steps) {
        settings.container().ifPresent(container -> {
            throw new IllegalArgumentException("NGINX runs in container " + container
                    + "; hand over a command runner: NginxRouteWriter.using(settings, runner)");
        });
        return new NginxRouteWriter(settings, new LocalMachine(), Optional.empty(), pace, steps);
    }

    /**
     * Returns a writer for an NGINX that runs in a container. Nothing is touched before the first route is published.
     *
     * @param runner runs commands in that container; the host closes it
     */
    public static NginxRouteWriter using(NginxSettings settings, CommandRunner runner) {
        return new NginxRouteWriter(
                settings, new ContainerMachine(runner), Optional.empty(), Pace.standard(), Step.Listener.NONE);
    }

    /** Returns a writer that closes the runner with itself. */
    static NginxRouteWriter owning(NginxSettings settings, CommandRunner runner) {
        return new NginxRouteWriter(
                settings, new ContainerMachine(runner), Optional.of(runner), Pace.standard(), Step.Listener.NONE);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Returns how often this writer has told NGINX to reload. */
    public long reloads() {
        return reloader.reloads();
    }

    /**
     * Publishes a route as {@link RouteWriter#publish} says.
     *
     * @throws InvalidInputException if it leads back to NGINX itself: to the path listener or to its own public port
     */
    @Override
    public void publish(Route route, Deadline deadline) {
        requireNoCircle(route);
        publisher.publish(route, deadline);
    }

    private void requireNoCircle(Route route) {
        int listener = settings.listenerUri().getPort();
        for (Upstream upstream : route.upstreams()) {
            boolean listened = upstream.port() == listener
                    || (route.match() instanceof HostMatch host && upstream.port() == host.port());
            if (listened && upstream.isLoopback()) {
                throw new InvalidInputException(
                        "upstream.port", upstream.hostPort(), "not be a port that NGINX itself listens on");
            }
        }
    }

    @Override
    public boolean remove(String module, Deadline deadline) {
        return publisher.remove(module, deadline);
    }

    @Override
    public void prove(Route route, Deadline deadline) {
        try {
            requireServed(route, listener.requireGeneration(deadline));
            listener.requireModule(route, deadline);
        } catch (NginxFailure e) {
            throw e.of(route.module());
        } catch (IOException e) {
            throw unreadable(e).of(route.module());
        }
    }

    /** What counts are the routes of the generation that NGINX serves, not of the one on disk. */
    private void requireServed(Route route, String served) throws IOException, NginxFailure {
        Optional<Generation> generation =
                directory.named(served).filter(found -> found.routes().contains(route));
        if (generation.isEmpty()) {
            throw new NginxFailure(
                    FailureKind.NOT_FOUND,
                    "module " + route.module() + " has no such route in generation \"" + served
                            + "\", which NGINX serves",
                    List.of(),
                    null);
        }
        Withheld withheld = generation.get().withheld().get(route.module());
        if (withheld != null) {
            throw NginxFailure.unavailable(
                    "the route of module " + route.module() + " is withheld until NGINX accepts it: "
                            + withheld.reason(),
                    withheld.evidence());
        }
    }

    private static NginxFailure unreadable(IOException cause) {
        return NginxFailure.unavailable("the routes cannot be read: " + cause.getMessage(), List.of());
    }

    /**
     * Waits for the end of the workers that a reload has retired and that still finish requests or hold WebSockets. They
     * may have begun before this process did.
     */
    @Override
    public boolean awaitDrained(String module, Deadline deadline) {
        try {
            return drain.await(deadline);
        } catch (NginxFailure e) {
            throw e.of(module);
        }
    }

    /**
     * Returns the workers of former generations that are not drained yet: each open WebSocket may keep one.
     *
     * @throws RouteException of kind {@code UNAVAILABLE} if NGINX does not run
     */
    public RetiringWorkers retiringWorkers(Deadline deadline) {
        try {
            Set<Long> workers = drain.workers(deadline);
            return new RetiringWorkers(workers.size(), drain.memory(workers, deadline));
        } catch (NginxFailure e) {
            throw e.of("");
        }
    }

    @Override
    public List<Route> routes(Deadline deadline) {
        try {
            return directory.current().map(Generation::routes).orElse(List.of());
        } catch (IOException e) {
            throw unreadable(e).of("");
        }
    }

    @Override
    public URI baseUri() {
        return settings.publicUri();
    }

    @Override
    public void ping(Deadline deadline) {
        try {
            nginx.requireRunning(deadline);
            listener.requireGeneration(deadline);
        } catch (NginxFailure e) {
            throw e.of("");
        }
    }

    @Override
    public void close() {
        owned.ifPresent(CommandRunner::close);
    }
}
