package io.a64.deploy;

import io.a64.module.ModuleState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A module as its record says; whether its container still runs, that does not tell.
 *
 * @param module the module's name
 * @param generation the generation, from 1
 * @param state where it is in its life
 * @param image the image reference as the module names it
 * @param version the module's version if it has one
 * @param ports internal port to external port, sorted by internal port
 * @param proxyRoute the route's path without its final slash, if there is a route
 * @param urls where it is reached
 * @param installedAt when the deployment began
 */
public record Deployment(
        String module,
        int generation,
        ModuleState state,
        String image,
        Optional<String> version,
        SortedMap<Integer, Integer> ports,
        Optional<String> proxyRoute,
        Urls urls,
        Instant installedAt) {

    /**
     * Where a module is reached.
     *
     * @param proxy through the proxy, if there is a route; with the in-memory route writer nothing serves it
     * @param direct by its external ports, the routed port first
     */
    public record Urls(Optional<URI> proxy, List<URI> direct) {

        public Urls {
            direct = List.copyOf(direct);
        }

        /** Returns all of them, the proxy first. */
        public List<URI> all() {
            return Stream.concat(proxy.stream(), direct.stream()).toList();
        }
    }
}
