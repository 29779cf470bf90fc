package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.disk.ProcessLock;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.Withheld;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a writer finds whose turn it is. Not safe for use by several threads. */
final class Situation {

    private final ProcessLock lock;
    private final Optional<Generation> inForce;
    private final Renderer renderer;
    private final Deadline deadline;
    private Optional<Rendered> last = Optional.empty();

    /** Makes files of routes, some of which are withheld. */
    @FunctionalInterface
    interface Renderer {

        RenderedGeneration render(long number, Collection<Route> routes, SortedMap<String, Withheld> withheld);
    }

    private record Rendered(List<Route> routes, SortedMap<String, Withheld> withheld, RenderedGeneration files) {

        boolean isOf(List<Route> someRoutes, SortedMap<String, Withheld> someWithheld) {
            return routes.equals(someRoutes) && withheld.equals(someWithheld);
        }
    }

    /**
     * @param lock what keeps the others out
     * @param inForce the generation in force, empty before the first
     * @param deadline by when all has to be done
     */
    Situation(ProcessLock lock, Optional<Generation> inForce, Renderer renderer, Deadline deadline) {
        this.lock = lock;
        this.inForce = inForce;
        this.renderer = renderer;
        this.deadline = deadline;
    }

    ProcessLock lock() {
        return lock;
    }

    Optional<Generation> inForce() {
        return inForce;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Returns the number of the generation that comes next. */
    long next() {
        return inForce.map(Generation::number).orElse(0L) + 1;
    }

    /** Returns what NGINX has to serve at present; nothing before the first generation. */
    String servedId() {
        return inForce.map(Generation::id).orElse("");
    }

    /** Returns routes, some of them withheld, as the next generation; the same as the last time are not made again. */
    RenderedGeneration rendered(Collection<Route> routes, SortedMap<String, Withheld> withheld) {
        List<Route> wanted = List.copyOf(routes);
        SortedMap<String, Withheld> without = new TreeMap<>(withheld);
        Rendered rendered = last.filter(known -> known.isOf(wanted, without))
                .orElseGet(() -> new Rendered(wanted, without, renderer.render(next(), wanted, without)));
        last = Optional.of(rendered);
        return rendered.files();
    }

    /** Returns whether there is no difference to what is in force; no routes and no generation are the same thing. */
    boolean isInForce(RenderedGeneration candidate) {
        String digest = candidate.generation().digest();
        return inForce.map(Generation::digest).map(digest::equals).orElse(candidate.isEmpty());
    }
}
