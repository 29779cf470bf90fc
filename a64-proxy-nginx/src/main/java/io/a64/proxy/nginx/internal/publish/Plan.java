package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.Route;
import io.a64.proxy.RouteException;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the routes are after some changes, made in their order.
 *
 * @param routes the routes by module
 * @param changes the changes that were made; who held what another wanted has been told so
 * @param withheld what the generation in force withholds and nobody has changed
 */
record Plan(SortedMap<String, Route> routes, List<Change> changes, SortedMap<String, Withheld> withheld) {

    static Plan of(Optional<Generation> inForce, List<Change> wanted) {
        SortedMap<String, Route> routes = new TreeMap<>();
        inForce.ifPresent(generation -> generation.routes().forEach(route -> routes.put(route.module(), route)));
        List<Change> made = new ArrayList<>();
        for (Change change : wanted) {
            try {
                change.apply(routes);
                made.add(change);
            } catch (RouteException e) {
                change.fail(e);
            }
        }
        SortedMap<String, Withheld> withheld =
                new TreeMap<>(inForce.map(Generation::withheld).orElse(new TreeMap<>()));
        withheld.keySet().removeAll(made.stream().map(Change::module).collect(Collectors.toSet()));
        return new Plan(routes, List.copyOf(made), withheld);
    }

    /** Returns what each module's route stands for. */
    SortedMap<String, Standing> standings(Set<String> except) {
        SortedMap<String, Standing> standings = new TreeMap<>();
        routes.keySet()
                .forEach(module ->
                        standings.put(module, withheld.containsKey(module) ? Standing.WITHHELD : Standing.LIVE));
        changes.stream()
                .map(Change::module)
                .filter(routes::containsKey)
                .forEach(module -> standings.put(module, Standing.CHANGED));
        standings.keySet().removeAll(except);
        return standings;
    }

    /** Returns the change that a module's route comes from, empty if it was there before. */
    Optional<Change> lastOf(String module) {
        return changes.stream().filter(change -> change.module().equals(module)).reduce((former, latter) -> latter);
    }

    Route route(String module) {
        return Objects.requireNonNull(routes.get(module), module);
    }

    List<Route> routesOf(Set<String> modules) {
        return routes.values().stream()
                .filter(route -> modules.contains(route.module()))
                .toList();
    }

    boolean onlyRemoves() {
        return changes.stream().allMatch(Change::isRemoval);
    }
}
