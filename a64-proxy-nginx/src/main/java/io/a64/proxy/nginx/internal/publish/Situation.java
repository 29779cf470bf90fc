package io.a64.proxy.nginx.internal.publish;

import io.a64.Deadline;
import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.disk.ProcessLock;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.GenerationRenderer;
import io.a64.proxy.nginx.internal.generation.RenderedGeneration;
import io.a64.proxy.nginx.internal.generation.Surroundings;
import io.a64.proxy.nginx.internal.generation.Withheld;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a writer finds whose turn it is.
 *
 * @param lock what keeps the others out
 * @param inForce the generation in force, empty before the first
 * @param renderer makes files of routes
 * @param around where a generation has to fit in
 * @param deadline by when all has to be done
 */
record Situation(
        ProcessLock lock,
        Optional<Generation> inForce,
        GenerationRenderer renderer,
        Surroundings around,
        Deadline deadline) {

    /** Returns the number of the generation that comes next. */
    long next() {
        return inForce.map(Generation::number).orElse(0L) + 1;
    }

    /** Returns what NGINX has to serve at present; nothing before the first generation. */
    String servedId() {
        return inForce.map(Generation::id).orElse("");
    }

    /** Returns routes, some of them withheld, as the next generation. */
    RenderedGeneration rendered(Collection<Route> routes, SortedMap<String, Withheld> withheld) {
        return renderer.render(next(), around, routes, withheld);
    }

    /** Returns whether there is no difference to what is in force; no routes and no generation are the same thing. */
    boolean isInForce(RenderedGeneration candidate) {
        String digest = candidate.generation().digest();
        return inForce.map(Generation::digest).map(digest::equals).orElse(candidate.isEmpty());
    }
}
