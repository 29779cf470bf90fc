package io.a64.core.internal.deploy;

import io.a64.deploy.event.DeploymentStep;
import io.a64.proxy.spi.RouteWriter;

/** Step 9: sends a request through the proxy's own listener. */
record ProveStep(RouteWriter routes, RouteMaker maker) implements Step {

    @Override
    public DeploymentStep id() {
        return DeploymentStep.PROVE;
    }

    @Override
    public String run(Attempt attempt) {
        maker.route(attempt).ifPresent(route -> routes.prove(route, attempt.deadline()));
        return attempt.spec().route().isPresent() ? "the module answers through the proxy" : "no route wanted";
    }
}
