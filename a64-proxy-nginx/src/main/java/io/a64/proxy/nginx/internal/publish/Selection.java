package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.generation.Generation;
import io.a64.proxy.nginx.internal.generation.Withheld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes and routes that NGINX accepts together.
 *
 * @param plan what the routes are after the changes that it accepts
 * @param withheld the routes that it refuses, although they were there before
 */
record Selection(Plan plan, SortedMap<String, Withheld> withheld) {

    /** So many of the routes that are withheld are tried again in one generation, so that a change is not held up. */
    private static final int MOST_RETRIED = 4;

    /**
     * Lets NGINX choose. A change that it refuses is told so and leaves the module as it was.
     *
     * @throws NginxFailure if NGINX cannot be asked, or refuses what there is without any route
     */
    static Selection of(Optional<Generation> inForce, List<Change> wanted, ListenPorts ports, Rehearsal rehearsal)
            throws IOException, NginxFailure {
        List<Change> open = new ArrayList<>(wanted);
        Plan plan = Plan.of(inForce, open);
        SortedMap<String, Withheld> withheld = resting(inForce, plan.withheld());
        while (withheldOrFailed(plan, withheld, open, ports, rehearsal)) {
            plan = Plan.of(inForce, open);
        }
        withheld.keySet().retainAll(plan.routes().keySet());
        return new Selection(plan, withheld);
    }

    /** Returns whether changes have failed: without them other routes are wanted, such as the modules' former ones. */
    private static boolean withheldOrFailed(
            Plan plan, SortedMap<String, Withheld> withheld, List<Change> open, ListenPorts ports, Rehearsal rehearsal)
            throws IOException, NginxFailure {
        SortedMap<String, Standing> standings = plan.standings(withheld.keySet());
        SortedMap<String, NginxFailure> offenders = new TreeMap<>();
        standings
                .keySet()
                .forEach(module -> ports.problem(plan.route(module)).ifPresent(why -> offenders.put(module, why)));
        standings.keySet().removeAll(offenders.keySet());
        Bisection bisection = new Bisection(
                modules -> rehearsal.refusal(plan.routesOf(modules)), standings, new Suspects(plan.routes())::named);
        offenders.putAll(bisection.offenders());
        open.removeIf(Change::isDone);
        int before = open.size();
        for (Map.Entry<String, NginxFailure> offender : offenders.entrySet()) {
            NginxFailure refusal = offender.getValue();
            plan.lastOf(offender.getKey())
                    .ifPresentOrElse(
                            change -> change.fail(refusal.of(change.module())),
                            () -> withheld.put(
                                    offender.getKey(), new Withheld(refusal.getMessage(), refusal.evidence())));
        }
        open.removeIf(Change::isDone);
        return open.size() < before;
    }

    /** Returns those that are not tried again this time; with the numbers of generations everybody has his turn. */
    private static SortedMap<String, Withheld> resting(
            Optional<Generation> inForce, SortedMap<String, Withheld> withheld) {
        SortedMap<String, Withheld> resting = new TreeMap<>(withheld);
        List<String> modules = List.copyOf(withheld.keySet());
        long begin = inForce.map(Generation::number).orElse(0L) * MOST_RETRIED;
        for (int i = 0; i < Math.min(MOST_RETRIED, modules.size()); i++) {
            resting.remove(modules.get((int) ((begin + i) % modules.size())));
        }
        return resting;
    }
}
