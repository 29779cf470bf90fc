package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.event.DeploymentStep;
import io.a64.proxy.Route;
import io.a64.proxy.spi.RouteWriter;
import java.util.Optional;

/** Step 8: publishes the route; undone by taking it out. */
record PublishStep(RouteWriter routes, RouteMaker maker) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.PUBLISH;
    }

    @Override
    public String run(Attempt attempt) {
        maker.route(attempt).ifPresent(route -> routes.publish(route, attempt.deadline()));
        return attempt.spec().route().map(wish -> wish.match().text()).orElse("no route wanted");
    }

    /** Leaves the route of another deployment of the module alone, which may have taken over meanwhile. */
    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        Optional<Route> ours = maker.route(attempt);
        boolean taken = routes.routes(deadline).stream()
                .filter(route -> route.module().equals(attempt.module()))
                .anyMatch(route -> !ours.equals(Optional.of(route)));
        return ours.isPresent() && !taken && routes.remove(attempt.module(), deadline) ? "route removed" : "";
    }
}
