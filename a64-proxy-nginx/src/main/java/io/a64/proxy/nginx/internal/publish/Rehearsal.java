package io.a64.proxy.nginx.internal.publish;

import io.a64.proxy.Route;
import io.a64.proxy.nginx.internal.NginxFailure;
import io.a64.proxy.nginx.internal.control.NginxControl;
import io.a64.proxy.nginx.internal.disk.StagedGeneration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Shows NGINX one set of routes after the other, all in one staged directory; nothing in force is touched. */
final class Rehearsal {

    private final Situation situation;
    private final NginxControl nginx;
    private final Path currentLink;
    private final StagedGeneration staged;
    private final Step.Listener steps;
    private Optional<List<Route>> accepted = Optional.empty();

    /** @param currentLink where the main configuration includes the generation in force from */
    Rehearsal(Situation situation, NginxControl nginx, Path currentLink, StagedGeneration staged, Step.Listener steps) {
        this.situation = situation;
        this.nginx = nginx;
        this.currentLink = currentLink;
        this.staged = staged;
        this.steps = steps;
    }

    /** Returns what NGINX has against the routes, empty if it accepts them. */
    Optional<NginxFailure> refusal(List<Route> routes) throws IOException, NginxFailure {
        if (accepted.filter(routes::equals).isPresent()) {
            return Optional.empty();
        }
        staged.hold(situation.rendered(routes, Collections.emptySortedMap()));
        steps.reached(Step.STAGED);
        try {
            nginx.test(currentLink, staged.directory(), situation.deadline());
        } catch (NginxFailure e) {
            if (e.isRefusal()) {
                return Optional.of(e);
            }
            throw e;
        }
        accepted = Optional.of(routes);
        steps.reached(Step.TESTED);
        return Optional.empty();
    }
}
