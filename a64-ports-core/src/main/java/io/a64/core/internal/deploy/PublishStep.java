package io.a64.core.internal.deploy;

import io.a64.Deadline;
import io.a64.deploy.event.DeploymentStep;
import io.a64.module.RouteSpec;
import io.a64.proxy.spi.RouteWriter;

/** Step 8: publishes the route; undone by taking it out. */
record PublishStep(RouteWriter routes, RouteMaker maker) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.PUBLISH;
    }

    @Override
    public String run(Attempt attempt) {
        maker.route(attempt).ifPresent(route -> routes.publish(route, attempt.deadline()));
        return attempt.spec().route().map(RouteSpec::path).orElse("no route wanted");
    }

    @Override
    public String undo(Attempt attempt, Deadline deadline) {
        boolean removed = attempt.spec().route().isPresent() && routes.remove(attempt.module(), deadline);
        return removed ? "route removed" : "";
    }
}
